"""Whatever somebody does on a page leaves its own row in the audit log, in the same transaction."""

from collections import defaultdict
from collections.abc import Callable

import pytest

from przystan.access.audit import READ
from przystan.access.models import AuditEntry
from tests.harness.scope import acting_tests
from tests.matrix.addresses import ADDRESSES
from tests.matrix.asking import Asking, path_of, quickly

from .conftest import Hostile
from .deeds import BUTTONS, DEEDS, leaves

SAY = "say what it leaves, in DEEDS of tests/<module>/matrix.py (tests/hostile/deeds.py)"


@pytest.fixture(scope="module")
def newest(hostile: Hostile) -> int:
    """The newest row of the scene itself."""
    with acting_tests():
        return AuditEntry.objects.latest("seq").seq


def left_since(seq: int) -> Callable[[], set[str]]:
    """What was written down after this row, but for looks."""
    rows = AuditEntry.objects.filter(seq__gt=seq).exclude(action=READ).order_by("seq")
    return lambda: set(rows.values_list("action", flat=True))


def test_every_form_leaves_its_deed(hostile: Hostile, newest: int) -> None:
    wrong, left = [], defaultdict(set)
    for name, forms in hostile.forms.items():
        for form in forms:
            found = hostile.post(form.action, hostile.filled(form), look=left_since(newest))
            left[f"{name} {form.kind}".strip()] |= found
    for form, found in left.items():
        wanted = leaves(form)
        if wanted is None or found != set(wanted.split()):
            wrong.append(f"{form}: {sorted(found)}, {SAY if wanted is None else f'not {wanted}'}")
    assert not wrong, "\n".join(wrong)


def test_every_form_is_known(hostile: Hostile) -> None:
    there = set(hostile.forms)
    assert sorted({name.split()[0] for name in DEEDS} - there) == [], "there is no such form any more"


@pytest.mark.parametrize("name", BUTTONS)
def test_every_button_leaves_its_deed(hostile: Hostile, newest: int, name: str) -> None:
    wanted, who = BUTTONS[name]
    address = next(one for one in ADDRESSES if one.name == name)
    refs, obj = hostile.scene.world.refs, address.objects[0]
    other = Hostile(hostile.scene, Asking(hostile.scene.world.accounts[who]), {})
    with quickly():
        assert other.post(path_of(address, refs, obj), address.data(refs, obj), look=left_since(newest)) == set(
            wanted.split()
        )
