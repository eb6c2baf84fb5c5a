from przystan.access.addresses import STAFF, page
from przystan.access.rights import Right

from . import views

app_name = "team"
urlpatterns = [
    page("", views.members, Right.TEAM_READ, "members"),
    page("new/", views.add, Right.TEAM_WRITE, "add"),
    page("roles/", views.roles, STAFF, "roles"),
    page("points/", views.points, STAFF, "points"),
    page("points/new/", views.point, Right.SETTINGS, "add_point"),
    page("points/<str:ref>/", views.point, Right.SETTINGS, "point"),
    page("members/<str:ref>/", views.member, Right.TEAM_READ, "member"),
    page("members/<str:ref>/lock/", views.lock, Right.TEAM_WRITE, "lock"),
    page("members/<str:ref>/login/", views.reset, Right.TEAM_WRITE, "reset"),
    page("resets/<str:ref>/confirm/", views.confirm_reset, Right.TEAM_READ, "confirm_reset"),
    page("resets/<str:ref>/withdraw/", views.withdraw_reset, Right.TEAM_READ, "withdraw_reset"),
    page("memberships/<str:ref>/confirm/", views.confirm_role, Right.TEAM_READ, "confirm_role"),
    page("memberships/<str:ref>/refuse/", views.refuse_role, Right.TEAM_READ, "refuse_role"),
    page("memberships/<str:ref>/end/", views.end_role, Right.TEAM_WRITE, "end_role"),
]
