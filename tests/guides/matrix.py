"""What the guides bring to the tests that hold for every module (tests/harness/modules.py)."""

from tests.matrix.addresses import Address

ADDRESSES = [
    Address("guides:index", "GET"),
    Address("guides:page", "GET", kwargs=lambda refs, obj: {"name": "people"}),
]
