from przystan.access.addresses import page
from przystan.team.rights import ACCESS_GRANT

from .rights import CONSENTS_SIGNERS, PEOPLE_MERGE, PEOPLE_PROTECT, PEOPLE_READ, PEOPLE_WRITE
from .views import care, due, duplicates, facts, history, household, protecting, registration, search, signers

app_name = "people"
urlpatterns = [
    page("", search.find, PEOPLE_READ, "search"),
    page("suggest/", search.suggest, PEOPLE_READ, "suggest"),
    page("new/", registration.register, PEOPLE_WRITE, "register"),
    page("new/start/", registration.start, PEOPLE_WRITE, "register_start"),
    page("duplicates/", duplicates.queue, PEOPLE_MERGE, "duplicates"),
    page("duplicates/look/", duplicates.look, PEOPLE_MERGE, "look_through"),
    page("titles/", due.titles, PEOPLE_READ, "titles"),
    page("consents/missing/", due.consents, PEOPLE_WRITE, "not_asked"),
    page("consents/", signers.consents, CONSENTS_SIGNERS, "consents"),
    page("consents/<slug:purpose>/", signers.signers, CONSENTS_SIGNERS, "signers"),
    page("<ref:ref>/access/", care.access, ACCESS_GRANT, "access", guide="cases"),
    page("<ref:ref>/access/<ref:user>/ended/", care.end, ACCESS_GRANT, "team_end", guide="cases"),
    page("<ref:ref>/access/<ref:user>/readmitted/", care.readmit, ACCESS_GRANT, "readmit", guide="cases"),
    page("<ref:ref>/team/", care.join, PEOPLE_WRITE, "work_with", guide="cases"),
    page("<ref:ref>/identity/", facts.identity, PEOPLE_WRITE, "identity"),
    page("<ref:ref>/history/", history.history, PEOPLE_READ, "history"),
    page("<ref:ref>/protection/", protecting.protection, PEOPLE_PROTECT, "protection", guide="cases"),
    page("<ref:ref>/protection/now/", protecting.protect, PEOPLE_PROTECT, "protect", guide="cases"),
    page("<ref:ref>/protection/colleagues/", protecting.name, PEOPLE_PROTECT, "protector", guide="cases"),
    page("<ref:ref>/household/new/", household.join, PEOPLE_WRITE, "join"),
    page("<ref:ref>/relations/new/", household.relate, PEOPLE_WRITE, "relate"),
    page("<ref:ref>/same/", duplicates.find, PEOPLE_MERGE, "find_same"),
    page("<ref:ref>/same/<ref:other>/", duplicates.compare, PEOPLE_MERGE, "compare"),
    page("<ref:ref>/merges/", duplicates.merge, PEOPLE_MERGE, "merge"),
    page("<ref:ref>/merges/<ref:merge>/undone/", duplicates.undo, PEOPLE_MERGE, "undo_merge"),
    page("<ref:ref>/different/", duplicates.different, PEOPLE_MERGE, "different"),
    page("<ref:ref>/<slug:kind>/new/", facts.add, PEOPLE_WRITE, "fact_add"),
    page("<ref:ref>/<slug:kind>/<slug:key>/", facts.change, PEOPLE_WRITE, "fact_change"),
    page("<ref:ref>/<slug:kind>/<slug:key>/end/", facts.end, PEOPLE_WRITE, "fact_end"),
    page("<ref:ref>/<slug:kind>/<slug:key>/removal/", facts.remove, PEOPLE_WRITE, "fact_remove"),
]
