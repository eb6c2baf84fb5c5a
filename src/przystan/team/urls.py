from przystan.access.addresses import PUBLIC, STAFF, page
from przystan.access.rights import SETTINGS

from . import views
from .rights import TEAM_READ, TEAM_WRITE

app_name = "team"
urlpatterns = [
    page("", views.members, TEAM_READ, "members"),
    page("new/", views.add, TEAM_WRITE, "add"),
    page("roles/", views.roles, STAFF, "roles"),
    page("points/", views.points, STAFF, "points"),
    page("points/new/", views.point, SETTINGS, "add_point"),
    page("points/<str:ref>/", views.point, SETTINGS, "point"),
    page("members/<str:ref>/", views.member, TEAM_READ, "member"),
    page("members/<str:ref>/lock/", views.lock, TEAM_WRITE, "lock"),
    page("members/<str:ref>/login/", views.reset, TEAM_WRITE, "reset"),
    page("resets/<str:ref>/confirm/", views.confirm_reset, TEAM_READ, "confirm_reset"),
    page("resets/<str:ref>/withdraw/", views.withdraw_reset, TEAM_READ, "withdraw_reset"),
    page("memberships/<str:ref>/confirm/", views.confirm_role, TEAM_READ, "confirm_role"),
    page("memberships/<str:ref>/invite/", views.invite, TEAM_WRITE, "invite"),
    page("memberships/<str:ref>/code/", views.confirm_invited, TEAM_WRITE, "confirm_invited"),
    page("invitations/<str:ref>/<str:token>/", views.invitation, PUBLIC, "invitation", secret=True),
    page("memberships/<str:ref>/refuse/", views.refuse_role, TEAM_READ, "refuse_role"),
    page("memberships/<str:ref>/end/", views.end_role, TEAM_WRITE, "end_role"),
]
