"""What results bring to the tests that hold for every module (tests/harness/modules.py)."""

from przystan.access.doors import door
from przystan.people.models import Person
from przystan.results.models import Result
from tests import factories


def rows(person: Person) -> None:
    """A result of this person that said something else once, and the programme that counts it."""
    words = f"folder of {person.display_name}"
    made = factories.result(person.point, factories.result_kind(), person, evidence=words)
    with door():
        Result.objects.filter(pk=made.pk).update(evidence=f"{words}, page 2")
    factories.count_for(made, factories.programme(person.organisation))
