"""What funding lets people do, and whom."""

from django.utils.translation import gettext_lazy as _

from przystan.access.rights import Care, Right
from przystan.access.roles import COUNSEL, DESK

PAYER_CHOOSE = Right("payer.choose", _("choose who pays"), COUNSEL | {"grant_officer"})
PROGRAMMES_READ = Right(
    "programmes.read",
    _("see programmes"),
    DESK | {"analyst", "grant_officer", "director", "auditor"},
    care=Care.HARMLESS,
)
PROGRAMMES_WRITE = Right(
    "programmes.write", _("set up programmes, rules and indicators"), {"grant_officer", "coordinator"}
)
EVIDENCE_READ = Right("evidence.read", _("open the list behind a number"), {"grant_officer", "coordinator", "auditor"})
