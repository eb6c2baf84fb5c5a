from przystan.access.addresses import STAFF, page

from . import views

app_name = "errands"
urlpatterns = [
    page("", views.index, STAFF, "index"),
    page("<ref:ref>/", views.errand, STAFF, "errand", background=True),
    page("<ref:ref>/content/", views.fetch, STAFF, "fetch"),
]
