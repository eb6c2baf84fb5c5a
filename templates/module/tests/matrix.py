"""What sample brings to the tests that hold for every module (tests/harness/modules.py)."""

from przystan.sample.models import Item

from przystan.people.models import Person
from tests.matrix.addresses import Address

ADDRESSES = [
    Address("sample:index"),
    Address("sample:new", "GET POST", "person", query=lambda refs, obj: f"person={refs['person'][obj]}"),
]
DEEDS = {"sample:new": "sample.note"}


def rows(person: Person) -> None:
    """A row about this person in each table."""
    Item.objects.create(person=person, title="One")
