"""What modules declare: each thing once, where a stranger looks for it."""

from collections import Counter

from django.urls import reverse

from przystan.access.modules import deeds, modules, navigation


def test_nothing_is_declared_twice() -> None:
    said = Counter(name for module in modules() for name in [*module.deeds, *module.jobs])
    assert [name for name, times in said.items() if times > 1] == []
    places = Counter(entry.place for entry in navigation())
    assert [place for place, times in places.items() if times > 1] == []


def test_the_side_list_leads_somewhere() -> None:
    assert [entry.address for entry in navigation()][:3] == ["desk:today", "people:search", "desk:supports"]
    assert all(reverse(entry.address) for entry in navigation())


def test_a_deed_is_declared_by_whoever_does_it() -> None:
    assert {"person.merge", "case.open", "glass.ask", "backup.make"} <= set(deeds())
