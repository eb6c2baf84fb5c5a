from przystan.access.addresses import page

from . import views
from .rights import SEATS_READ

app_name = "seats"
urlpatterns = [page("<ref:ref>/", views.one, SEATS_READ, "one")]
