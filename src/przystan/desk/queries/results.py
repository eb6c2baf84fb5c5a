"""Results with their payers: for the list, the page of one, and the page of a person."""

from przystan.access.actors import Actor
from przystan.people.models import Person
from przystan.results.models import Result
from przystan.results.models.ledger import ResultQuerySet
from przystan.results.queries import Filters, any_result, filtered, of_person
from przystan.results.queries.history import CHANGED
from przystan.results.rights import RESULTS_READ


def listed(actor: Actor, filters: Filters) -> ResultQuerySet:
    """Results by filters, newest first, each with its payer and whether it was corrected."""
    return filtered(actor, filters).select_related("allocation__programme", "reversed_by")


def one(actor: Actor, ref: str) -> Result:
    """The result with this reference and all that its page shows; Result.DoesNotExist."""
    rows = any_result(actor).select_related(
        "allocation__programme", "allocation__suggested", "created_by", "reverses", "reversed_by"
    )
    found: Result = rows.annotate(was_changed=CHANGED).get(ref=ref)
    return found


def results_of(actor: Actor, person: Person) -> list[Result]:
    """All that came of a person's support, newest first, without the person; none for who may not read results."""
    if not actor.can(RESULTS_READ):
        return []
    return list(of_person(actor, person).select_related("allocation__programme").prefetch_related(None))
