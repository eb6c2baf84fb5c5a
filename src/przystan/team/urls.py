from django.urls import path

from . import views

app_name = "team"
urlpatterns = [
    path("", views.members, name="members"),
    path("new/", views.add, name="add"),
    path("roles/", views.roles, name="roles"),
    path("points/", views.points, name="points"),
    path("points/new/", views.point, name="add_point"),
    path("points/<str:ref>/", views.point, name="point"),
    path("members/<str:ref>/", views.member, name="member"),
    path("members/<str:ref>/lock/", views.lock, name="lock"),
    path("members/<str:ref>/login/", views.reset, name="reset"),
    path("resets/<str:ref>/confirm/", views.confirm_reset, name="confirm_reset"),
    path("resets/<str:ref>/withdraw/", views.withdraw_reset, name="withdraw_reset"),
    path("memberships/<str:ref>/confirm/", views.confirm_role, name="confirm_role"),
    path("memberships/<str:ref>/refuse/", views.refuse_role, name="refuse_role"),
    path("memberships/<str:ref>/end/", views.end_role, name="end_role"),
]
