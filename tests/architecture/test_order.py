"""Files go to one process whole, and those that take long begin first."""

from types import SimpleNamespace
from typing import Any

from tests.harness.order import LONG, pytest_collection_modifyitems, pytest_xdist_make_scheduler
from xdist.remote import Producer

from przystan.project.cluster import PACKAGE


def test_long_ones_come_first_and_the_rest_stays_in_its_order() -> None:
    names = ["tests/access/test_b.py::one", "tests/access/test_a.py::two", "tests/leaks/test_c.py::three"]
    items: list[Any] = [SimpleNamespace(nodeid=name) for name in names]
    pytest_collection_modifyitems(items)
    assert [item.nodeid for item in items] == [names[2], names[0], names[1]]


def test_what_is_called_long_is_there() -> None:
    assert [one for one in LONG if not (PACKAGE.parents[1] / one).exists()] == []


def test_another_way_that_was_asked_for_is_kept() -> None:
    config: Any = SimpleNamespace(option=SimpleNamespace(dist="worksteal"))
    assert pytest_xdist_make_scheduler(config, None) is None


def test_a_file_is_never_divided() -> None:
    option = SimpleNamespace(dist="load", tx=["2*popen"])
    config: Any = SimpleNamespace(option=option, getvalue=lambda name: getattr(option, name))
    made = pytest_xdist_make_scheduler(config, Producer("tests"))
    assert made
    assert made._split_scope("tests/leaks/test_c.py::three[x::y]") == "tests/leaks/test_c.py"
    assert option.loadscopereorder is False
