from django.urls import path

from . import views

app_name = "funding"
urlpatterns = [
    path("", views.programmes, name="programmes"),
    path("add/", views.add, name="add"),
    path("file/", views.take_file, name="take_file"),
    path("payers/", views.payers, name="payers"),
    path("<slug:ref>/", views.programme, name="programme"),
    path("<slug:ref>/change/", views.change, name="change"),
    path("<slug:ref>/file/", views.file, name="file"),
    path("<slug:ref>/limits/", views.limits, name="limits"),
    path("<slug:ref>/limits/remove/", views.limit_remove, name="limit_remove"),
    path("<slug:ref>/rule/", views.rule, name="rule"),
    path("<slug:ref>/move/", views.move, name="move"),
    path("<slug:ref>/indicators/add/", views.indicator_add, name="indicator_add"),
    path("<slug:ref>/indicators/<slug:indicator>/", views.indicator, name="indicator"),
]
