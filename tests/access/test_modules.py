"""What modules declare: each thing once, where a stranger looks for it."""

from collections import Counter

from django.urls import reverse

from przystan.access.modules import declared, deeds, each, modules, navigation

# Modules with pages and no demo.py, and who makes what their pages show.
SHOWN_BY = {
    "access": "accounts: project.demo.accounts",
    "drafts": "what somebody is typing; kept for a week",
    "desk": "has no tables: it shows those below",
    "errands": "files that people ask for; they are kept for a day",
    "exchange": "nobody brings a file into a demo centre",
    "guides": "its pages come along: docs/user",
    "links": "privacy and staff ask by links",
    "results": "its kinds and scales come along: results.loading",
    "reports": "has no tables but files that people make: it counts those below",
    "support": "the ledger is what project.demo is about",
    "team": "project.demo.centre",
}


def test_a_module_with_pages_shows_something_in_a_demo_centre() -> None:
    """That the tables have rows: tests/project/test_demo.py."""
    pages = {name.rpartition(".")[2] for name, said in declared().items() if said.at is not None}
    filled = {name.rpartition(".")[2] for name, file in each("demo").items() if hasattr(file, "fill")}
    assert sorted(pages - filled - set(SHOWN_BY)) == [], "write `fill(scene)` in its demo.py (access.scene)"
    assert sorted(set(SHOWN_BY) & filled | set(SHOWN_BY) - pages) == [], (
        "it has a demo.py now, or no pages: take it out"
    )


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
