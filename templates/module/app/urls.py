from przystan.access.addresses import page

from . import views
from .rights import SAMPLE_READ, SAMPLE_WRITE

app_name = "sample"
urlpatterns = [
    page("", views.index, SAMPLE_READ, "index"),
    page("new/", views.new, SAMPLE_WRITE, "new"),
    page("<ref:ref>/done/", views.finish, SAMPLE_WRITE, "finish"),
    page("<ref:ref>/remove/", views.remove, SAMPLE_WRITE, "remove"),
]
