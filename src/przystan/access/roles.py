"""Roles: what each is for, in words a coordinator can read. What it may do stands beside each right."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Role:
    """`prose` tells people what it is for."""

    code: str
    name: str | Promise
    prose: str | Promise


ALL = [
    Role("reception", _("Reception"), _("Greets, searches, registers people, logs first contacts.")),
    Role("adviser", _("Front-line adviser"), _("Registers people and logs advice on residence, work and daily life.")),
    Role("legal_adviser", _("Legal adviser"), _("Advises on law and procedures.")),
    Role("lawyer", _("Lawyer"), _("Gives legal counsel; notes are covered by professional secrecy.")),
    Role(
        "psychologist", _("Psychologist"), _("Gives psychological support; notes are covered by professional secrecy.")
    ),
    Role(
        "vocational_counsellor", _("Vocational counsellor"), _("Helps to recognise skills, write a CV and find work.")
    ),
    Role("social_worker", _("Social worker"), _("Accompanies families in the supported flats.")),
    Role(
        "case_manager",
        _("Adviser against violence"),
        _("Stands by people who met violence, trafficking or discrimination; protects who is in danger."),
    ),
    Role("course_coordinator", _("Course coordinator"), _("Runs courses, groups and attendance.")),
    Role("teacher", _("Teacher"), _("Teaches a group and marks who came.")),
    Role("education_assistant", _("Education assistant"), _("Supports pupils in schools.")),
    Role("interpreter", _("Interpreter"), _("Interprets and notes the hours; sees appointments, never the matter.")),
    Role("volunteer", _("Volunteer"), _("Gives time without pay, and notes it; sees no people.")),
    Role("community_leader", _("Community adviser"), _("Informs and advises people of one's own community.")),
    Role("analyst", _("Monitoring analyst"), _("Monitors media and public services; sees no people.")),
    Role(
        "grant_officer",
        _("Grant and finance officer"),
        _("Sees what each grant paid for, moves supports between payers, closes periods, makes reports."),
    ),
    Role(
        "coordinator",
        _("Coordinator"),
        _("Leads a point: everything its advisers do, and programmes, reports, imports, team."),
    ),
    Role(
        "director",
        _("Director"),
        _("Sees totals and the team; no records of people. Approves an emergency look, never takes one."),
    ),
    Role(
        "data_protection_officer",
        _("Data protection officer"),
        _("Watches over access: who looked at what, and emergency looks; reads no content."),
    ),
    Role("administrator", _("Technical administrator"), _("Runs accounts and settings; reads no content.")),
    Role(
        "auditor",
        _("Funder's auditor"),
        _("For a limited time reads programmes, reports and the evidence behind them; changes nothing."),
    ),
]
BY_CODE = {role.code: role for role in ALL}
CHOICES = [(role.code, role.name) for role in ALL]

# Roles that are alike in what they may do: named where rights are declared.
KEEPERS = frozenset(
    {"legal_adviser", "lawyer", "psychologist", "case_manager"}
)  # of professional secrets, or of people in danger
ADVISERS = KEEPERS | {"adviser", "vocational_counsellor", "social_worker"}
COUNSEL = ADVISERS | {"course_coordinator", "education_assistant", "coordinator"}  # register and log
DESK = COUNSEL | {"reception"}
