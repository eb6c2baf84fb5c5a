"""No word about somebody reaches an account that has no business with it; who reads what is sensitive is noted.

Of the addresses that an account has no right to, a run asks one page each, drawn by the day; MATRIX=full asks all.
"""

import logging

import pytest

from przystan.access.tiers import Tier
from przystan.team.queries import actor_for
from tests.harness import seed
from tests.matrix import sample

from . import hiding
from .crawling import Answer, Some, crawl, words_in
from .world import Canary, World, build

pytestmark = pytest.mark.django_db

# What each account is to each person, written down by hand: this table, not the product's, says what is right.
READERS_OF_PEOPLE = {
    *("adviser", "reception", "coordinator", "lawyer", "case_manager"),
    *("grant_officer", "adviser_b", "coordinator_b", "alien"),
}
POINTS = {"own": "a", "same": "a", "other": "b", "alien": "c", "hidden": "a", "excluded": "a"}
AT = {"adviser_b": "b", "coordinator_b": "b", "alien": "c"}
AT_A = {"adviser", "reception", "interpreter"}
LEADS = {"coordinator": "ab", "coordinator_b": "b", "alien": "c"}
TEAM = {("own", "adviser"), ("hidden", "case_manager")}


def may_see(account: str, canary: Canary) -> bool:
    person = canary.of
    if account not in READERS_OF_PEOPLE or (person, account) == ("excluded", "adviser"):
        return False
    if (person, account) in TEAM:
        return True
    point = POINTS[person]
    if person == "hidden" or (point == "c") != (account == "alien"):
        return False
    if canary.what in ("case", "note"):
        return False
    if canary.tier is Tier.T2:
        return point in LEADS.get(account, "")
    place = AT.get(account, "a" if account in AT_A else "ab")
    return canary.what == "name" or point in place


@pytest.fixture
def world() -> World:
    made = build()
    hiding.hide(made)
    return made


NO_PEOPLE = ("interpreter", "director", "data_protection_officer", "administrator", "auditor")
ACCOUNTS = [*sorted(READERS_OF_PEOPLE), *NO_PEOPLE]


@pytest.mark.parametrize("account", ACCOUNTS)
def test_no_canary_where_it_does_not_belong(world: World, account: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    known = {canary.word: canary for canary in world.canaries}
    searches = [canary.word for canary in world.canaries if canary.what in ("name", "mail")]
    seen: set[str] = set()
    for answer in crawl(world, world.users[account], searches, pages_of(world, account)):
        found = {known[one] for one in words_in(answer.body) & known.keys()} - {
            known[one] for one in searches if one in answer.url
        }
        if answer.rows or any(canary.tier >= Tier.T2 for canary in found):
            _noted(answer, found)
        asked = {one for one in searches if f'value="{one}"' in answer.body}
        seen |= {canary.word for canary in found} - asked
        assert not words_in(answer.headers) & known.keys(), f"{answer.url} tells in its headers"
    leaked = sorted(f"{known[one].what} of {known[one].of}" for one in seen if not may_see(account, known[one]))
    assert not leaked, f"{account} saw: {', '.join(leaked)}; {seed.AGAIN}"
    logged = words_in(caplog.text) & known.keys()
    assert not logged, "the log tells names"


def pages_of(world: World, account: str) -> Some | None:
    """All for which it has the right, and one of each that it has no right to."""
    actor = actor_for(world.users[account])
    assert actor
    return None if sample.FULL else Some(actor.rights, others=account)


def _noted(answer: Answer, found: set[Canary]) -> None:
    """Exactly one row for each row of the centre of which something sensitive was in the answer."""
    for ref in {canary.ref for canary in found if canary.tier >= Tier.T2}:
        rows = [row for row in answer.rows if row.object_ref == ref]
        assert len(rows) == 1, f"{answer.url}: {len(rows)} audit rows for {ref}"
