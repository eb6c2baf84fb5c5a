from przystan.access.addresses import page
from przystan.access.rights import Right

from .views import care, duplicates, facts, history, household, protecting, registration, search

app_name = "people"
urlpatterns = [
    page("", search.page, Right.PEOPLE_READ, "search"),
    page("suggest/", search.suggest, Right.PEOPLE_READ, "suggest"),
    page("new/", registration.register, Right.PEOPLE_WRITE, "register"),
    page("new/start/", registration.start, Right.PEOPLE_WRITE, "register_start"),
    page("duplicates/", duplicates.queue, Right.PEOPLE_MERGE, "duplicates"),
    page("<ref:ref>/access/", care.access, Right.ACCESS_GRANT, "access"),
    page("<ref:ref>/access/<ref:user>/ended/", care.end, Right.ACCESS_GRANT, "team_end"),
    page("<ref:ref>/access/<ref:user>/readmitted/", care.readmit, Right.ACCESS_GRANT, "readmit"),
    page("<ref:ref>/team/", care.join, Right.PEOPLE_WRITE, "work_with"),
    page("<ref:ref>/identity/", facts.identity, Right.PEOPLE_WRITE, "identity"),
    page("<ref:ref>/history/", history.history, Right.PEOPLE_READ, "history"),
    page("<ref:ref>/protection/", protecting.page, Right.PEOPLE_PROTECT, "protection"),
    page("<ref:ref>/protection/now/", protecting.protect, Right.PEOPLE_PROTECT, "protect"),
    page("<ref:ref>/protection/colleagues/", protecting.name, Right.PEOPLE_PROTECT, "protector"),
    page("<ref:ref>/household/new/", household.join, Right.PEOPLE_WRITE, "join"),
    page("<ref:ref>/relations/new/", household.relate, Right.PEOPLE_WRITE, "relate"),
    page("<ref:ref>/same/", duplicates.find, Right.PEOPLE_MERGE, "find_same"),
    page("<ref:ref>/same/<ref:other>/", duplicates.compare, Right.PEOPLE_MERGE, "compare"),
    page("<ref:ref>/merges/", duplicates.merge, Right.PEOPLE_MERGE, "merge"),
    page("<ref:ref>/merges/<ref:merge>/undone/", duplicates.undo, Right.PEOPLE_MERGE, "undo_merge"),
    page("<ref:ref>/different/", duplicates.different, Right.PEOPLE_MERGE, "different"),
    page("<ref:ref>/<slug:kind>/new/", facts.add, Right.PEOPLE_WRITE, "fact_add"),
    page("<ref:ref>/<slug:kind>/<slug:key>/", facts.change, Right.PEOPLE_WRITE, "fact_change"),
    page("<ref:ref>/<slug:kind>/<slug:key>/end/", facts.end, Right.PEOPLE_WRITE, "fact_end"),
    page("<ref:ref>/<slug:kind>/<slug:key>/removal/", facts.remove, Right.PEOPLE_WRITE, "fact_remove"),
]
