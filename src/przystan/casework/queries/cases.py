"""Files that an actor works on, and what a colleague may know of the others."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Now

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden, system
from przystan.access.decisions import decide
from przystan.access.scope import looking
from przystan.people.models import Person
from przystan.people.policies import lasting

from ..enums import MemberRole
from ..models import CaseFile, CaseMember
from ..policies import kinds_for, require_open, right_for
from ..rights import CASES_READ, CASES_WRITE
from .history import CHANGED
from .texts import Text, TextState, text_of


@dataclass(frozen=True)
class Masked:
    """That there is a file, and whom to ask. Nothing else of it."""

    ref: str
    opened_on: date
    leads: tuple[str, ...]


@dataclass(frozen=True)
class PersonCases:
    """Files about one person: those the actor works on, and open ones of colleagues at the same point (tier 2)."""

    mine: list[CaseFile]
    others: list[Masked]
    may_open: bool


def my_cases(actor: Actor, *, closed: bool = False) -> QuerySet[CaseFile]:
    """Files whose team the actor is in, newest first, with their people."""
    actor.require(CASES_READ)
    rows = _mine(actor).filter(closed_on__isnull=not closed)
    return rows.select_related("person", "point").prefetch_related("person__names")


def case_seen(actor: Actor, ref: str) -> CaseFile:
    """The file of this reference, for its team, with `was_changed`: whether it said something else of itself once.

    `CaseFile.DoesNotExist` for everybody else.
    """
    rows = CaseFile.objects.seen_by(actor).select_related("person", "point", "created_by")
    case = rows.annotate(was_changed=CHANGED).get(ref=ref)
    case.team_of = actor.user_id
    try:
        require_open(actor, case)
    except Forbidden:
        raise CaseFile.DoesNotExist from None
    return case


def noted(actor: Actor, case: CaseFile) -> Text:
    """The title of a file, and the audit row that it was read."""
    title = text_of(case, "title")
    fields = ["kind", "opened_on", "person", *(["title"] if title.state is TextState.OPEN else [])]
    audit.read(actor, case, fields, tier=case.tier)
    return title


def cases_of(actor: Actor, person: Person) -> PersonCases:
    """What the actor may know of the files about a person whom they see. Empty for who has nothing to do with files."""
    if not actor.can(CASES_READ):
        return PersonCases([], [], may_open=False)
    mine = list(_mine(actor).filter(person=person))
    for case in mine:
        audit.read(actor, case, ["kind", "opened_on", "person"], tier=case.tier)
    may_write = actor.can(CASES_WRITE) and decide(actor, CASES_WRITE, person).allowed
    may_open = may_write and lasting(actor, person)
    return PersonCases(mine, _others(actor, person, {case.pk for case in mine}), may_open)


def _mine(actor: Actor) -> QuerySet[CaseFile]:
    return CaseFile.objects.seen_by(actor).filter(kind__in=kinds_for(actor))


def _others(actor: Actor, person: Person, mine: set[int]) -> list[Masked]:
    """Found by the system, because the database shows a file to its team only; each is decided on for the actor."""
    leads = CaseMember.objects.filter(role=MemberRole.LEAD, ends_at=None, starts_at__lte=Now())
    with looking(system(actor.organisation_id, "cases.masked")):
        rows = CaseFile.objects.filter(person=person, closed_on=None).exclude(pk__in=mine)
        others = rows.exclude(pk__in=CaseFile.objects.seen_by(actor).values("pk"))
        found = list(others.prefetch_related(Prefetch("members", leads.select_related("user").order_by("id"))))
        for case in found:
            case.person, case.closed_to = person, actor.user_id
        masked = [case for case in found if decide(actor, right_for(case.tier), case).masked]
    return [Masked(case.ref, case.opened_on, _named(case)) for case in masked]


def _named(case: CaseFile) -> tuple[str, ...]:
    return tuple(one.user.full_name for one in case.members.all())
