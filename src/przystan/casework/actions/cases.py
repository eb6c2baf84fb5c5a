"""Opening, closing and reopening a file."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit, decisions
from przystan.access.actors import Actor, Forbidden
from przystan.access.keys import data
from przystan.access.tiers import Tier
from przystan.people.actions import keep_working
from przystan.people.models import Person
from przystan.people.policies import lasting

from ..enums import CaseKind, MemberRole
from ..models import CaseFile, CaseMember
from ..policies import kinds_for, may_lead, require_open, require_used
from ..queries.team import roles_in
from ..rights import CASES_READ, CASES_WRITE
from .members import beginning

NEXT_ID = "SELECT nextval(pg_get_serial_sequence('casework_casefile', 'id'))"


@transaction.atomic
def open_case(
    *, by: Actor, person: Person, kind: CaseKind, title: str, ref: str = "", in_escrow: bool = True
) -> CaseFile:
    """Open a file about a person, led by who opens it.

    `ref`: of the form; the same form sent again returns the file that is there. `in_escrow`: whether the emergency key
    opens it, of which tier 2 knows nothing. Raises ValidationError in words, Forbidden for a kind that is not theirs.
    """
    by.require(CASES_READ, CASES_WRITE)
    decisions.require(by, CASES_WRITE, person)
    require_used(by, person)
    if not lasting(by, person):
        raise Forbidden("case.glass")
    if kind not in kinds_for(by):
        raise Forbidden("case.kind")
    if not title.strip():
        raise ValidationError({"title": _("Give the file a short title.")})
    case = CaseFile(
        organisation_id=by.organisation_id,
        point_id=person.point_id,
        person=person,
        kind=kind,
        title=title.strip(),
        in_escrow=in_escrow,
        created_by_id=by.user_id,
    )
    if ref:
        case.ref = ref
    try:
        return _written(by, case)
    except IntegrityError as error:
        return _again(by, case, error)


@transaction.atomic
def close_case(*, by: Actor, case: CaseFile) -> CaseFile:
    """Close a file: it is read, not written, until it is reopened."""
    return _dated(by, case, "case.close", timezone.localdate())


@transaction.atomic
def reopen_case(*, by: Actor, case: CaseFile) -> CaseFile:
    """Open a closed file again."""
    return _dated(by, case, "case.reopen", None)


def locked(by: Actor, case: CaseFile) -> CaseFile:
    """The row of a file, held until the transaction ends; Forbidden for who is not in its team."""
    found: CaseFile = CaseFile.objects.select_related("person").select_for_update(of=("self",)).get(pk=case.pk)
    require_open(by, found)
    return found


def _dated(by: Actor, case: CaseFile, action: str, closed_on: date | None) -> CaseFile:
    case = locked(by, case)
    if not may_lead(by, roles_in(by, case)):
        raise Forbidden(action)
    if (case.closed_on is None) != (closed_on is None):
        case.closed_on = closed_on
        case.save(update_fields=["closed_on"])
        if closed_on is None:
            keep_working(by=by, person=case.person)
        audit.record(by, action, case, ["closed_on"])
    return case


def _written(by: Actor, case: CaseFile) -> CaseFile:
    """Its first member comes before it: the database lets nobody else see or write the row."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(NEXT_ID)
        case.pk = cursor.fetchone()[0]
        mine = {"user_id": by.user_id, "by_id": by.user_id, "role": MemberRole.LEAD}
        CaseMember.objects.create(case_id=case.pk, starts_at=beginning(), **mine)
        _keyed(by, case)
        case.save(force_insert=True)
        keep_working(by=by, person=case.person)
        audit.record(by, "case.open", case, ["person", "kind", "title"])
    return case


def _keyed(by: Actor, case: CaseFile) -> None:
    """A key of its own for a file of tiers 3 and 4, closed for who leads it."""
    if case.tier <= Tier.T2:
        return
    assert by.user_id
    try:
        data.make(case.ref, case.tier, case.organisation_id, [by.user_id], escrow=case.in_escrow)
    except data.NoKey as error:
        raise ValidationError(_("Set up your key to protected files first.")) from error


def _again(by: Actor, case: CaseFile, error: IntegrityError) -> CaseFile:
    """The file that the same form opened before."""
    before = CaseFile.objects.seen_by(by).filter(ref=case.ref, person=case.person_id, created_by_id=by.user_id).first()
    if before is None:
        raise ValidationError(_("This form was used already. Open a new one.")) from error
    return before
