"""What drafts bring to the tests that hold for every module (tests/harness/modules.py)."""

from przystan.kernel.refs import new_ref
from tests.matrix.addresses import Address, ref

KEPT = {"form": "/people/new/", "tier": "2", "ref": new_ref(), "turn": "0", "values": "{}"}
UNSHOWN = {"drafts.Draft": "what somebody is typing now; nobody types in a centre that is made"}
ADDRESSES = [
    Address("drafts:index"),
    Address("drafts:keep", "POST", data=lambda refs, obj: KEPT),
    Address("drafts:away", "POST", "maker", kwargs=ref("draft"), open=(204,)),
]
