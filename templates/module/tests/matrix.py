"""The addresses of sample for the matrix and the hostile tests; see tests/matrix/addresses.py."""

from tests.matrix.addresses import Address, ref

ADDRESSES = [
    Address("sample:index"),
    Address("sample:new", "GET POST", "person", query=lambda refs, obj: f"person={refs['person'][obj]}"),
    Address("sample:of_person", on="person", kwargs=ref("person")),
]
