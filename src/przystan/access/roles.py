"""Roles as code: what each may do, and why, in words a coordinator can read."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .rights import LABELS
from .rights import Right as R

FRONT = frozenset({R.PEOPLE_READ, R.PEOPLE_WRITE, R.SUPPORT_READ, R.SUPPORT_LOG, R.PAYER_CHOOSE, R.PROGRAMMES_READ})
FILES = frozenset({R.CASES_READ, R.CASES_WRITE})
SECRET = FILES | {R.CASES_SECRET}
LESSONS = frozenset({R.SUPPORT_LOG})


@dataclass(frozen=True)
class Role:
    """A named set of rights; `prose` tells people what it is for."""

    code: str
    name: str | Promise
    prose: str | Promise
    rights: frozenset[R]

    @property
    def labels(self) -> list[str | Promise]:
        """Its rights in words, in the order of `Right`."""
        return [LABELS[right] for right in R if right in self.rights]


ALL = [
    Role(
        "reception",
        _("Reception"),
        _("Greets, searches, registers people, logs first contacts."),
        FRONT - {R.PAYER_CHOOSE},
    ),
    Role(
        "adviser",
        _("Front-line adviser"),
        _("Registers people and logs advice on residence, work and daily life."),
        FRONT | FILES,
    ),
    Role("legal_adviser", _("Legal adviser"), _("Advises on law and procedures."), FRONT | SECRET),
    Role("lawyer", _("Lawyer"), _("Gives legal counsel; notes are covered by professional secrecy."), FRONT | SECRET),
    Role(
        "psychologist",
        _("Psychologist"),
        _("Gives psychological support; notes are covered by professional secrecy."),
        FRONT | SECRET,
    ),
    Role(
        "vocational_counsellor",
        _("Vocational counsellor"),
        _("Helps to recognise skills, write a CV and find work."),
        FRONT | FILES,
    ),
    Role("social_worker", _("Social worker"), _("Accompanies families in the supported flats."), FRONT | FILES),
    Role(
        "case_manager",
        _("Adviser against violence"),
        _("Stands by people who met violence, trafficking or discrimination; protects who is in danger."),
        FRONT | SECRET | {R.PEOPLE_PROTECT, R.PEOPLE_ANSWER},
    ),
    Role("course_coordinator", _("Course coordinator"), _("Runs courses, groups and attendance."), FRONT),
    Role("teacher", _("Teacher"), _("Teaches a group and marks who came."), LESSONS),
    Role("education_assistant", _("Education assistant"), _("Supports pupils in schools."), FRONT),
    Role("interpreter", _("Interpreter"), _("Interprets; sees appointments, never the matter."), frozenset()),
    Role("community_leader", _("Community adviser"), _("Informs and advises people of one's own community."), LESSONS),
    Role(
        "analyst",
        _("Monitoring analyst"),
        _("Monitors media and public services; sees no people."),
        frozenset({R.PROGRAMMES_READ}),
    ),
    Role(
        "grant_officer",
        _("Grant and finance officer"),
        _("Sees what each grant paid for, moves supports between payers, closes periods, makes reports."),
        frozenset(
            {R.PEOPLE_READ, R.SUPPORT_READ, R.PAYER_CHOOSE, R.LEDGER_CLOSE, R.PROGRAMMES_READ, R.PROGRAMMES_WRITE}
            | {R.REPORTS_READ, R.EVIDENCE_READ, R.REPORTS_EXPORT}
        ),
    ),
    Role(
        "coordinator",
        _("Coordinator"),
        _("Leads a point: everything its advisers do, and programmes, reports, imports, team."),
        FRONT
        | {R.PEOPLE_MERGE, R.LEDGER_CLOSE, R.PROGRAMMES_WRITE, R.REPORTS_READ, R.EVIDENCE_READ, R.REPORTS_EXPORT}
        | {R.IMPORT, R.TEAM_READ, R.TEAM_WRITE, R.CATALOGUE_WRITE, R.SETTINGS}
        | FILES
        | {R.ACCESS_GRANT, R.GLASS_REVIEW, R.PEOPLE_ANSWER},
    ),
    Role(
        "director",
        _("Director"),
        _("Sees totals and the team; no records of people. Approves an emergency look, never takes one."),
        frozenset({R.PROGRAMMES_READ, R.REPORTS_READ, R.TEAM_READ, R.GLASS_APPROVE, R.GLASS_REVIEW}),
    ),
    Role(
        "data_protection_officer",
        _("Data protection officer"),
        _("Watches over access: who looked at what, and emergency looks; reads no content."),
        frozenset({R.TEAM_READ, R.AUDIT_READ, R.GLASS_APPROVE, R.GLASS_REVIEW}),
    ),
    Role(
        "administrator",
        _("Technical administrator"),
        _("Runs accounts and settings; reads no content."),
        frozenset({R.TEAM_READ, R.TEAM_WRITE, R.SETTINGS}),
    ),
    Role(
        "auditor",
        _("Funder's auditor"),
        _("For a limited time reads programmes, reports and the evidence behind them; changes nothing."),
        frozenset({R.PROGRAMMES_READ, R.REPORTS_READ, R.EVIDENCE_READ}),
    ),
]
BY_CODE = {role.code: role for role in ALL}
CHOICES = [(role.code, role.name) for role in ALL]


def rights_of(codes: frozenset[str]) -> frozenset[R]:
    """The union of the rights of these roles; unknown codes give nothing."""
    return frozenset().union(*(BY_CODE[code].rights for code in codes if code in BY_CODE))
