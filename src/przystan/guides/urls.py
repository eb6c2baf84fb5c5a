from przystan.access.addresses import PUBLIC, page

from . import views

app_name = "guides"
urlpatterns = [
    page("", views.guide, PUBLIC, "index"),
    page("<slug:name>/", views.guide, PUBLIC, "page"),
]
