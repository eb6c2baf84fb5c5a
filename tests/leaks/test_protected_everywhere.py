"""After somebody is protected, nothing of them is in clear: in no table, no page, no statistics of the planner.

A new table is looked through by itself; one about people has to have a row in `hidden.build`.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from psycopg.sql import SQL, Identifier

from przystan.access.rights import rights_of
from przystan.access.scope import acting
from przystan.exchange import actions as exchange
from przystan.exchange.models import ImportBatch
from przystan.funding.models import Allocation
from przystan.people.models import Person
from przystan.people.queries.links import personal
from przystan.people.rights import PEOPLE_ANSWER
from przystan.privacy.models import LegalHold, SubjectRequest
from przystan.privacy.queries import register
from przystan.privacy.views.overview import waits_for
from przystan.support.models import Gathering, Support
from przystan.team.queries import actor_for
from tests.harness import database

from .crawling import Some, crawl
from .disk import shapes
from .hidden import ROLES, Hidden, build, tables_without_a_row
from .test_disk import by_the_tests

TABLES = """
    SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'm') AND relnamespace = 'public'::regnamespace"""


@pytest.fixture(scope="module")
def before(django_db_setup: None, django_db_blocker: Any) -> Iterator[Hidden]:
    with django_db_blocker.unblock(), database.copy_of(database.migrated(), "hidden"), by_the_tests():
        made = build()
        with database.owner() as owner:
            owner.execute("ANALYZE")
        yield made


@pytest.fixture(scope="module")
def hidden(before: Hidden) -> Hidden:
    assert in_tables(before.name), "the world says nothing of them"
    assert in_tables(before.word)
    assert tables_without_a_row(before, personal()) == set()
    before.protect()
    return before


def in_tables(mark: str) -> list[str]:
    """Tables with the mark in any column, as the owner reads them, in any of the shapes of bytes; decoded sessions."""
    with database.owner() as owner:
        names = [str(name) for (name,) in owner.execute(TABLES).fetchall()]
        asked = SQL("SELECT t::text FROM {} t WHERE t::text ILIKE ANY(%s)")
        sought = [f"%{one.decode()}%" for shape, one in shapes(mark).items() if not shape.startswith("UTF-16")]
        rows = [(name, row[0]) for name in names for row in owner.execute(asked.format(Identifier(name)), [sought])]
    found = [f"{name}: {row[:300]}" for name, row in rows]
    return found + [str(one.get_decoded()) for one in Session.objects.all() if mark in str(one.get_decoded())]


def in_statistics(mark: str) -> list[str]:
    with database.owner() as owner:
        views = ("pg_stats", "pg_stats_ext", "pg_stats_ext_exprs")
        rows = [
            row for view in views for row in owner.execute(SQL("SELECT t::text FROM {} t").format(Identifier(view)))
        ]
    return [str(row)[:200] for (row,) in rows if mark in str(row).lower()]


def test_no_table_says_a_word_of_them(hidden: Hidden) -> None:
    assert [one for mark in hidden.marks for one in in_tables(mark)] == []


def test_the_planner_remembers_nothing(hidden: Hidden) -> None:
    """Also to the owner: the act has looked again at every table out of which it took something."""
    assert [one for mark in hidden.marks for one in in_statistics(mark)] == []


@pytest.fixture(scope="module")
def telling(hidden: Hidden) -> frozenset[str]:
    """Pages that speak of them to the one who protects them."""
    return frozenset(told(hidden, "case_manager", [hidden.alias]))


def told(hidden: Hidden, account: str, marks: list[str], **which: Any) -> list[str]:
    """Pages of an account that say one of these words."""
    some = Some(rights_of(frozenset({account})), **which)
    pages = crawl(hidden.world, hidden.world.users[account], [], some)
    return [page.url for page in pages if any(mark in page.body for mark in marks)]


@pytest.mark.parametrize("account", ROLES)
def test_no_page_says_a_word_of_them(hidden: Hidden, telling: frozenset[str], account: str) -> None:
    """Every page that would, and of the others one in six: each role another sixth."""
    which = {"every": 6, "first": ROLES.index(account), "always": telling}
    assert told(hidden, account, [*hidden.marks, hidden.alias], **which) == []


def test_who_protects_them_knows_them_by_their_alias(hidden: Hidden, telling: frozenset[str]) -> None:
    """So the test above is not blind."""
    assert {f"/people/{hidden.person.ref}/", "/privacy/requests/", "/supports/", "/cases/"} <= telling


@pytest.mark.parametrize("account", [*ROLES, "case_manager"])
def test_their_request_is_for_who_answers_them(hidden: Hidden, account: str) -> None:
    """In the register, in what is counted on Today, and in the table itself."""
    actor, answers = actor_for(hidden.world.users[account]), account == "case_manager"
    assert actor
    with acting(actor):
        rows = list(register(actor)) if actor.can(PEOPLE_ANSWER) else []
        assert [row.person_id for row in rows] == ([hidden.person.pk] if answers else [])
        assert len(waits_for(actor).requests) == len(rows)
        assert SubjectRequest.objects.count() == answers
        assert LegalHold.objects.count() == answers


def test_the_waiting_import_goes_on_without_them(hidden: Hidden) -> None:
    batch = ImportBatch.objects.get(state="checked")
    assert not batch.parts.exists(), "the file itself says their name"
    assert [row.cells[0] for row in batch.rows.all()] == ["Zofia Inna"]
    assert (batch.rows_total, batch.counts["new"], batch.counts["same"]) == (1, 1, 0)
    before = Person.objects.count()
    lead = actor_for(hidden.world.users["coordinator"])
    assert lead
    with acting(lead):
        exchange.start(by=lead, batch=batch, choice="all")
        exchange.run(by=lead, batch=batch)
    assert Person.objects.count() == before + 1, "they must not be made a second time"


def test_what_was_done_by_an_import_tells_of_the_others_only(hidden: Hidden) -> None:
    done = ImportBatch.objects.get(filename="c.csv")
    assert [row.person_id for row in done.rows.all()] == [hidden.partner.pk]
    assert done.rows_total == 1


def test_it_comes_back_when_the_protection_ends(hidden: Hidden) -> None:
    alone, both = hidden.world.supports
    hidden.protect(undo=True)
    person = Person.objects.get(pk=hidden.person.pk)
    assert {name.folded for name in person.names.all()} == {f"{hidden.name} nowak", f"{hidden.name} novak"}
    assert hidden.word in Support.objects.get(pk=alone.pk).place
    assert hidden.name in Support.objects.get(pk=both.pk).next_step
    assert Gathering.objects.get().title == f"birthday of {hidden.name}"
    assert hidden.word in Allocation.objects.get(support=alone).reason
