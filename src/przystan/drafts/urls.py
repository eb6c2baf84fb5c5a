from przystan.access.addresses import STAFF, page

from . import views

app_name = "drafts"
urlpatterns = [
    page("", views.index, STAFF, "index", background=True),
    page("kept/", views.keep, STAFF, "keep"),
    page("<ref:ref>/away/", views.away, STAFF, "away"),
]
