"""What sample brings to the tests that hold for every module (tests/harness/modules.py)."""

from przystan.sample.models import Item

from przystan.people.models import Person
from tests.matrix.addresses import Address, ref

ADDRESSES = [
    Address("sample:index"),
    Address("sample:new", "GET POST", "person", query=lambda refs, obj: f"person={refs['person'][obj]}"),
    Address("sample:finish", "POST", "person", kwargs=ref("sample")),
    Address("sample:remove", "GET POST", "person", kwargs=ref("sample")),
]
DEEDS = {"sample:new": "sample.note", "sample:finish": "sample.finish", "sample:remove": "sample.remove"}


def rows(person: Person) -> dict[str, str]:
    """A row about this person in each table, and the words of the addresses that are about it."""
    item = Item.objects.create(person=person, title="One", reason="Why")
    return {"sample": item.ref}
