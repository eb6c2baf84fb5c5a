from django.urls import path

from .views import care, duplicates, facts, history, household, protecting, registration, search

app_name = "people"
urlpatterns = [
    path("", search.page, name="search"),
    path("suggest/", search.suggest, name="suggest"),
    path("new/", registration.register, name="register"),
    path("new/start/", registration.start, name="register_start"),
    path("duplicates/", duplicates.queue, name="duplicates"),
    path("<ref:ref>/access/", care.access, name="access"),
    path("<ref:ref>/access/<ref:user>/ended/", care.end, name="team_end"),
    path("<ref:ref>/access/<ref:user>/readmitted/", care.readmit, name="readmit"),
    path("<ref:ref>/team/", care.join, name="work_with"),
    path("<ref:ref>/identity/", facts.identity, name="identity"),
    path("<ref:ref>/history/", history.history, name="history"),
    path("<ref:ref>/protection/", protecting.page, name="protection"),
    path("<ref:ref>/protection/now/", protecting.protect, name="protect"),
    path("<ref:ref>/protection/colleagues/", protecting.name, name="protector"),
    path("<ref:ref>/household/new/", household.join, name="join"),
    path("<ref:ref>/relations/new/", household.relate, name="relate"),
    path("<ref:ref>/same/", duplicates.find, name="find_same"),
    path("<ref:ref>/same/<ref:other>/", duplicates.compare, name="compare"),
    path("<ref:ref>/merges/", duplicates.merge, name="merge"),
    path("<ref:ref>/merges/<ref:merge>/undone/", duplicates.undo, name="undo_merge"),
    path("<ref:ref>/different/", duplicates.different, name="different"),
    path("<ref:ref>/<slug:kind>/new/", facts.add, name="fact_add"),
    path("<ref:ref>/<slug:kind>/<slug:key>/", facts.change, name="fact_change"),
    path("<ref:ref>/<slug:kind>/<slug:key>/end/", facts.end, name="fact_end"),
    path("<ref:ref>/<slug:kind>/<slug:key>/removal/", facts.remove, name="fact_remove"),
]
