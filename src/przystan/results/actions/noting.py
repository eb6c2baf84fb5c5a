"""Writing results: one or ten thousand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.doors import door
from przystan.ledger.actions import LoggedAlready, in_words

from ..enums import Proof
from ..models import Result
from ..queries.checks import Known, known_about
from ..rights import RESULTS_NOTE
from ..rules import Reached, flaws
from .sentences import sentence

# Written as it stands; everything else is looked up or decided here.
PLAIN = [
    *("kind_id", "point_id", "day", "before", "after", "minutes", "proof", "evidence", "line"),
    *("staff_id", "correction_reason", "form_token"),
]
RELATIONS = ["organisation", "point", "kind", "person", "household", "institution", "staff", "reverses", "created_by"]


def note(*, by: Actor, reached: Reached) -> Result:
    """Write one result. See `note_all`."""
    return note_all(by=by, reached=[reached])[0]


@transaction.atomic
def note_all(*, by: Actor, reached: Sequence[Reached]) -> list[Result]:
    """Write results in the order given, with as many statements for ten thousand as for one.

    One whose day lies in a closed period keeps its day and is booked today. All or none are written: ValidationError
    says in words what is wrong, LoggedAlready that the form was sent before.

    Who pays is not asked here: whoever notes a result calls `funding.actions.note_results`.
    """
    by.require(RESULTS_NOTE)
    today = timezone.localdate()
    settled = [settled_by(by, one) for one in reached]
    known = known_about(by, settled)
    for one in settled:
        check(one, known, today)
    results = [_result(by, one, known, today) for one in settled]
    token = next((one.form_token for one in settled if one.form_token), None)
    with door(), in_words(token):
        Result.objects.bulk_create(results, batch_size=5000)
    audit.record_all(by, "result.note", results)
    return results


def settled_by(by: Actor, reached: Reached) -> Reached:
    """The same without blanks around words; noted by whoever notes it where nobody else is named."""
    return replace(reached, staff_id=reached.staff_id or by.user_id, evidence=reached.evidence.strip())


def check(reached: Reached, known: Known, today: date) -> None:
    """ValidationError unless the settled result can be written."""
    kind = known.kinds.get(reached.kind_id)
    problems = [sentence(flaw) for flaw in flaws(reached, kind.shaped, today)] if kind else []
    if not kind:
        problems.append(_("Choose a kind of result of the catalogue."))
    if reached.proof not in Proof.values:
        problems.append(_("Choose from the list what proves it."))
    if reached.point_id not in known.points:
        problems.append(_("Choose a point of your own centre."))
    if reached.person and reached.person not in known.people:
        problems.append(_("This person is not known here, or their data may only be kept now. Choose from the list."))
    if reached.institution and reached.institution not in known.institutions:
        problems.append(_("Choose an institution of the register."))
    if reached.staff_id and reached.staff_id not in known.staff:
        problems.append(_("Choose a colleague of your own centre."))
    if problems:
        raise ValidationError(problems)
    if reached.form_token in known.tokens:
        raise LoggedAlready(reached.form_token)


def booked_on(reached: Reached, known: Known, today: date) -> date:
    """The day under which a result is counted: today if its own is closed (or it corrects what is closed)."""
    return today if reached.day in known.closed or reached.correction_reason else reached.day


def _result(by: Actor, reached: Reached, known: Known, today: date) -> Result:
    result = Result(organisation_id=by.organisation_id, created_by_id=by.user_id)
    fill(result, reached, known, today)
    result.clean_fields(exclude=RELATIONS)
    return result


def fill(result: Result, reached: Reached, known: Known, today: date) -> None:
    """Make an entry say what `reached` says."""
    for name in PLAIN:
        setattr(result, name, getattr(reached, name))
    result.kind, result.point = known.kinds[reached.kind_id], known.points[reached.point_id]
    result.person = known.people[reached.person] if reached.person else None
    result.household_id = known.homes.get((reached.person, reached.day))
    result.institution = known.institutions[reached.institution] if reached.institution else None
    result.booked_on = booked_on(reached, known, today)
