"""Writing into the ledger: one door for a support, an anonymous contact, a group, an import."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.statements import Statement
from przystan.ledger.actions import LoggedAlready, in_words
from przystan.people.actions import KEPT, Admission, admission
from przystan.people.enums import TeamSource

from ..enums import SupportKind
from ..models import Gathering, Support
from ..queries.checks import Known, known_about
from ..rights import SUPPORT_LOG
from ..rules import Entry, Group, flaws
from .refusals import sentence
from .writing import Recorded, write

# Written as it stands in the entry; everything else is looked up or decided here.
PLAIN = [
    *("service_id", "point_id", "kind", "day", "starts_at", "minutes", "headcount", "mode", "place", "language"),
    *("interpreter", "outcome", "next_step", "next_step_on", "gathering_id", "correction_reason", "form_token"),
]
RELATIONS = ["organisation", "point", "service", "staff", "gathering", "reverses", "created_by", "next_step_done_by"]


def record(*, by: Actor, entry: Entry) -> Support:
    """Write one support or anonymous contact. See `record_all`."""
    return record_all(by=by, entries=[entry])[0].support


@transaction.atomic(savepoint=False)
def record_all(*, by: Actor, entries: Sequence[Entry]) -> list[Recorded]:
    """Write entries in the order given, with as many statements for ten thousand as for one.

    An entry whose day lies in a closed period keeps its day and is booked today. All or none are written:
    ValidationError says in words what is wrong, LoggedAlready that the form was sent before. There is no savepoint: who
    wants to go on after a refusal in a transaction of their own opens `transaction.atomic()` around it.

    Who pays is not asked here: whoever logs a support calls `funding.actions.give`.
    """
    by.require(SUPPORT_LOG)
    today = timezone.localdate()
    settled = [_defaults(by, entry).settled() for entry in entries]
    statement, mine = _admission(by, settled)
    known = known_about(by, settled, mine=mine, after=statement)
    settled = [usual_length(entry, known) for entry in settled]
    for entry in settled:
        check(entry, known, today)
    supports = [_support(by, entry, known, today) for entry in settled]
    recorded = write(supports, settled, known)
    audit.record_all(by, "support.record", supports)
    return recorded


def _admission(by: Actor, entries: Sequence[Entry]) -> tuple[Statement | None, bool]:
    """The statement that lets whoever gave or logged a support into the teams of its people, for a year.

    And whether `by` works with all of them then.
    Not for groups: a lesson is no reason to know somebody's papers. Entries about long ago let nobody in.
    """
    full = [(entry, ref) for entry in entries if entry.kind == SupportKind.FULL for ref in entry.people]
    admissions = [
        Admission(ref, user_id, make_aware(datetime.combine(entry.day, time.min)) + KEPT)
        for entry, ref in full
        for user_id in {entry.staff_id, by.user_id}
        if user_id
    ]
    now = timezone.now()
    mine = {one.person for one in admissions if one.user_id == by.user_id and one.until > now}
    statement = admission(by=by, admissions=admissions, source=TeamSource.SUPPORT)
    return statement, mine >= {ref for entry in entries for ref in entry.people}


@transaction.atomic(savepoint=False)
def record_groups(*, by: Actor, groups: Sequence[Group]) -> list[tuple[Gathering, list[Recorded]]]:
    """Write gatherings and their supports: of each one for each person of its entry, and one for all the unnamed.

    `entry.headcount` is everybody who came; those beyond the named are the unnamed.
    """
    parts = [_parts(group) for group in groups]
    if not all(parts):
        raise ValidationError(_("Say who came: choose people or write how many."))
    gatherings = [_gathering(by, group) for group in groups]
    with in_words(next((group.entry.form_token for group in groups if group.entry.form_token), None)):
        for gathering in gatherings:
            gathering.clean_fields(exclude=["organisation", "point", "service"])
        Gathering.objects.bulk_create(gatherings)
    pairs = zip(gatherings, parts, strict=True)
    entries = [replace(part, gathering_id=gathering.pk) for gathering, some in pairs for part in some]
    recorded = iter(record_all(by=by, entries=entries))
    return [(gathering, list(islice(recorded, len(some)))) for gathering, some in zip(gatherings, parts, strict=True)]


def _gathering(by: Actor, group: Group) -> Gathering:
    entry = group.entry
    return Gathering(
        organisation_id=by.organisation_id,
        point_id=entry.point_id,
        service_id=entry.service_id,
        day=entry.day,
        minutes=entry.minutes,
        title=group.title.strip(),
    )


def _parts(group: Group) -> list[Entry]:
    entry, people = group.entry, list(dict.fromkeys(group.entry.people))
    alone = replace(entry, kind=SupportKind.GROUP.value, headcount=1, people=(), form_token=None)
    parts = [replace(alone, people=(ref,), minutes=group.minutes.get(ref, entry.minutes)) for ref in people]
    unnamed = entry.headcount - len(parts)
    if unnamed > 0:
        parts.append(replace(alone, headcount=unnamed))
    return [replace(parts[0], form_token=entry.form_token), *parts[1:]] if parts else []


def _defaults(by: Actor, entry: Entry) -> Entry:
    return replace(entry, staff_id=entry.staff_id or by.user_id)


def usual_length(entry: Entry, known: Known) -> Entry:
    """The entry with the usual minutes of its service, if it asks for them."""
    if entry.usual and not entry.minutes:
        service = known.services.get(entry.service_id)
        return replace(entry, minutes=service.default_minutes if service else 0)
    return entry


def check(entry: Entry, known: Known, today: date) -> None:
    """ValidationError unless the settled entry can be written."""
    problems = [sentence(flaw) for flaw in flaws(entry, today)]
    if entry.service_id not in known.services:
        problems.append(_("Choose a service of the catalogue."))
    if entry.point_id not in known.points:
        problems.append(_("Choose a point of your own centre."))
    if any(effort.topic_id not in known.topics for effort in entry.efforts):
        problems.append(_("Choose topics of the catalogue."))
    if any((ref, entry.day) not in known.people for ref in entry.people):
        problems.append(
            _("One of these people is not known here, or their data may only be kept now. Choose from the list.")
        )
    if entry.staff_id and entry.staff_id not in known.staff:
        problems.append(_("Choose a colleague of your own centre."))
    if problems:
        raise ValidationError(problems)
    if entry.form_token in known.tokens:
        raise LoggedAlready(entry.form_token)


def booked_on(entry: Entry, known: Known, today: date) -> date:
    """The day under which an entry is counted: today if its own is closed (or it corrects what is closed)."""
    return today if entry.day in known.closed or entry.correction_reason else entry.day


def _support(by: Actor, entry: Entry, known: Known, today: date) -> Support:
    support = Support(organisation_id=by.organisation_id, created_by_id=by.user_id, staff_id=entry.staff_id)
    fill(support, entry)
    support.booked_on = booked_on(entry, known, today)
    support.clean_fields(exclude=RELATIONS)
    support.service, support.point = known.services[entry.service_id], known.points[entry.point_id]
    return support


def fill(support: Support, entry: Entry) -> None:
    """Copy what stands in the entry as it is."""
    for name in PLAIN:
        setattr(support, name, getattr(entry, name))
    support.next_step, support.place = entry.next_step.strip(), entry.place.strip()
