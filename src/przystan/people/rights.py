"""What people lets people do, and whom."""

from django.utils.translation import gettext_lazy as _

from przystan.access.rights import Care, Right
from przystan.access.roles import DESK

PEOPLE_READ = Right("people.read", _("find people and see their pages"), DESK | {"grant_officer"}, reads=True)
PEOPLE_WRITE = Right("people.write", _("register people and change what is known of them"), DESK)
PEOPLE_MERGE = Right("people.merge", _("merge two records of one person"), {"coordinator"})
PEOPLE_PROTECT = Right(
    "people.protect", _("protect a person, so that only those named know of them"), {"case_manager"}, care=Care.SECRET
)
PEOPLE_ANSWER = Right(
    "people.answer",
    _("answer protected people who ask about their data, of those for whom they are named"),
    {"case_manager", "coordinator"},
)
PEOPLE_ANSWER_ANYBODY = Right(
    "people.answer_anybody",
    _("answer all others who ask about their data: copy, correction, erasure"),
    {"coordinator"},
)
CONSENTS_SIGNERS = Right(
    "consents.signers", _("say who has to sign for which consent"), {"coordinator", "data_protection_officer"}
)
# Asked below `exchange` too: a right stands in the lowest module that asks for it.
IMPORT = Right("import", _("bring in spreadsheets"), {"coordinator"})
