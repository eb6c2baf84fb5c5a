from django.urls import register_converter

from przystan.access.addresses import PUBLIC, STAFF, page

from .tokens import TokenConverter
from .views import public, staff

register_converter(TokenConverter, "token")

app_name = "links"
urlpatterns = [
    page("", staff.index, STAFF, "index"),
    page("new/<str:purpose>/<ref:ref>/", staff.new, STAFF, "new"),
    page("<ref:ref>/", staff.link, STAFF, "link"),
    page("<ref:ref>/renewal/", staff.renew, STAFF, "renew"),
    page("<ref:ref>/revocation/", staff.revoke, STAFF, "revoke"),
    page("reminders/<ref:ref>/", staff.reminded, STAFF, "reminded"),
    page("<token:token>/", public.cover, PUBLIC, "cover", secret=True),
    page("<token:token>/question/", public.question, PUBLIC, "question", secret=True),
    page("<token:token>/answer/", public.answer, PUBLIC, "answer", secret=True),
]
