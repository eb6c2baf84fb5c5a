"""What errands bring to the tests that hold for every module (tests/harness/modules.py)."""

from tests.matrix.addresses import Address, ref

BOTH, POST = "GET POST", "POST"
errand = ref("errand")
ADDRESSES = [
    Address("errands:index"),
    Address("errands:errand", BOTH, "maker", kwargs=errand),
    Address("errands:fetch", POST, "maker", kwargs=errand),
]
