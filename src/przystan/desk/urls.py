from django.urls import path

from .views import log, periods, person, quick, settings, supports, today, who

app_name = "desk"
urlpatterns = [
    path("", today.today, name="today"),
    path("contacts/new/", quick.contact, name="contact"),
    path("groups/new/", quick.group, name="group"),
    path("people/<ref:ref>/", person.person, name="person"),
    path("periods/", periods.periods, name="periods"),
    path("settings/", settings.settings, name="settings"),
    path("supports/", supports.supports, name="supports"),
    path("supports/new/", log.log, name="log"),
    path("supports/people/", who.who, name="who"),
    path("supports/<ref:ref>/", supports.support, name="support"),
    path("supports/<ref:ref>/amendment/", supports.amend, name="amend"),
    path("supports/<ref:ref>/correction/", supports.correct, name="correct"),
    path("supports/<ref:ref>/history/", supports.history, name="support_history"),
    path("supports/<ref:ref>/payer/", supports.payer, name="payer"),
    path("supports/<ref:ref>/removal/", supports.remove, name="remove"),
    path("supports/<ref:ref>/step/", supports.step, name="step"),
]
