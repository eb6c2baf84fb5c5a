"""What a person may be allowed to do: the verbs that roles hold and addresses ask for."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Right(StrEnum):
    """One verb each. Roles are sets of these (`access.roles`); addresses ask for them (`access.addresses`)."""

    PEOPLE_READ = "people.read"
    PEOPLE_WRITE = "people.write"
    PEOPLE_MERGE = "people.merge"
    PEOPLE_PROTECT = "people.protect"
    PEOPLE_ANSWER = "people.answer"
    SUPPORT_READ = "support.read"
    SUPPORT_LOG = "support.log"
    CASES_READ = "cases.read"
    CASES_WRITE = "cases.write"
    CASES_SECRET = "cases.secret"  # noqa: S105 - a right
    LEDGER_CLOSE = "ledger.close"
    PAYER_CHOOSE = "payer.choose"
    PROGRAMMES_READ = "programmes.read"
    PROGRAMMES_WRITE = "programmes.write"
    REPORTS_READ = "reports.read"
    EVIDENCE_READ = "evidence.read"
    REPORTS_EXPORT = "reports.export"
    IMPORT = "import"
    TEAM_READ = "team.read"
    TEAM_WRITE = "team.write"
    CATALOGUE_WRITE = "catalogue.write"
    SETTINGS = "settings"
    ACCESS_GRANT = "access.grant"
    GLASS_APPROVE = "glass.approve"
    GLASS_REVIEW = "glass.review"
    AUDIT_READ = "audit.read"


LABELS: dict[Right, str | Promise] = {
    Right.PEOPLE_READ: _("find people and see their pages"),
    Right.PEOPLE_WRITE: _("register people and change what is known of them"),
    Right.PEOPLE_MERGE: _("merge two records of one person"),
    Right.PEOPLE_PROTECT: _("protect a person, so that only those named know of them"),
    Right.PEOPLE_ANSWER: _("answer people who ask about their data: copy, correction, erasure"),
    Right.SUPPORT_READ: _("see what support was given"),
    Right.SUPPORT_LOG: _("log support"),
    Right.CASES_READ: _("open the case files they work on"),
    Right.CASES_WRITE: _("open new case files and write notes"),
    Right.CASES_SECRET: _("hold a key to files under professional secrecy or protection"),
    Right.LEDGER_CLOSE: _("close a period and correct what was closed"),
    Right.PAYER_CHOOSE: _("choose who pays"),
    Right.PROGRAMMES_READ: _("see programmes"),
    Right.PROGRAMMES_WRITE: _("set up programmes, rules and indicators"),
    Right.REPORTS_READ: _("see reports"),
    Right.EVIDENCE_READ: _("open the list behind a number"),
    Right.REPORTS_EXPORT: _("take reports out as files"),
    Right.IMPORT: _("bring in spreadsheets"),
    Right.TEAM_READ: _("see the team"),
    Right.TEAM_WRITE: _("make accounts and give roles"),
    Right.CATALOGUE_WRITE: _("change services and topics"),
    Right.SETTINGS: _("change settings of the centre"),
    Right.ACCESS_GRANT: _("say who works with a person, and who must not"),
    Right.GLASS_APPROVE: _("approve an emergency look into a protected file"),
    Right.GLASS_REVIEW: _("look afterwards whether an emergency look was right"),
    Right.AUDIT_READ: _("see who looked at what"),
}
