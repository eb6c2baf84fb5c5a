from django.urls import path

from . import views

app_name = "funding"
urlpatterns = [
    path("", views.programmes, name="programmes"),
    path("add/", views.add, name="add"),
    path("file/", views.take_file, name="take_file"),
    path("payers/", views.payers, name="payers"),
    path("<ref:ref>/", views.programme, name="programme"),
    path("<ref:ref>/change/", views.change, name="change"),
    path("<ref:ref>/file/", views.file, name="file"),
    path("<ref:ref>/limits/", views.limits, name="limits"),
    path("<ref:ref>/limits/remove/", views.limit_remove, name="limit_remove"),
    path("<ref:ref>/rule/", views.rule, name="rule"),
    path("<ref:ref>/move/", views.move, name="move"),
    path("<ref:ref>/indicators/add/", views.indicator_add, name="indicator_add"),
    path("<ref:ref>/indicators/<ref:indicator>/", views.indicator, name="indicator"),
    path("<ref:ref>/indicators/<ref:indicator>/where/", views.where, name="where"),
    path("<ref:ref>/indicators/<ref:indicator>/remove/", views.indicator_remove, name="indicator_remove"),
]
