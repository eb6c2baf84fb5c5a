"""What row-level security may not cost: an index is asked by what was typed, not by walking every row.

PostgreSQL lets a condition into an index only if it takes it for harmless to rows that are not one's own ("leakproof").
"""

import pytest
from django.db import connection

from przystan.access.scope import acting
from przystan.people.actions.putting_away import forget_statistics
from przystan.people.enums import ChannelKind
from przystan.people.models import Channel
from przystan.people.queries import search
from tests import factories
from tests.harness.plans import Plans

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("asked", ["600123456", "+48 600 123 456", "olena@example.org"])
def test_a_phone_or_an_address_is_found_by_its_index(asked: str) -> None:
    centre = factories.organisation()
    actor, person = factories.actor(centre), factories.person(factories.point(centre))
    Channel.objects.create(person=person, kind=ChannelKind.PHONE, value="+48600123456", digits="48600123456")
    Channel.objects.create(person=person, kind=ChannelKind.EMAIL, value="Olena@example.org")
    _as_many_as_there_are()
    plans = Plans('FROM "people_channel"')
    with acting(actor), connection.execute_wrapper(plans):
        assert [one.person for one in search(actor, asked)] == [person]
    assert any("Index Cond" in line and "finder" in line for line in plans[0].splitlines()), plans[0]


def _as_many_as_there_are() -> None:
    """Erasing lets the planner look again, and what it saw of empty tables outlives the test that did."""
    other = factories.person(factories.point(factories.organisation()))
    phones = (str(48_500_000_000 + number) for number in range(500))
    Channel.objects.bulk_create(
        Channel(person=other, kind=ChannelKind.PHONE, value=f"+{digits}", digits=digits) for digits in phones
    )
    forget_statistics([Channel])


@pytest.mark.parametrize(("asked", "index"), [("Олена Коваленко", "name_keys"), ("yaro koval", "name_folded")])
def test_a_name_is_found_by_its_index(asked: str, index: str) -> None:
    """Array overlap and LIKE are not leakproof: the view lets them go before the policy (decision 32)."""
    centre = factories.organisation()
    actor, person = factories.actor(centre), factories.person(factories.point(centre), "Ярослава Коваленко")
    plans = Plans("people_namesearch", allowed=frozenset({"bitmapscan"}))
    with acting(actor), connection.execute_wrapper(plans):
        assert person in [one.person for one in search(actor, asked)]
    assert any(index in plan for plan in plans), plans
    assert not any("Seq Scan on people_personname" in plan for plan in plans), plans
