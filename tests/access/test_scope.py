"""Who acts is told to the database, and who did before is told again, whatever happens between."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.db.utils import DataError

from przystan.access.actors import Actor, Forbidden, system
from przystan.access.scope import acting, counted, current, looking
from przystan.access.statements import Statement
from tests import factories

pytestmark = pytest.mark.django_db
FAILS = Statement("SELECT 1 / 0", {})


@pytest.fixture
def adviser() -> Actor:
    return factories.actor(factories.organisation())


def told() -> tuple[str, str]:
    """What the database knows: which account, and for which purpose."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.uid', true), current_setting('app.purpose', true)")
        uid, purpose = cursor.fetchone()
    return uid, purpose


def test_who_looks_for_somebody_is_told_and_gone(adviser: Actor) -> None:
    mine = (str(adviser.user_id), "")
    with acting(adviser):
        with looking(system(adviser.organisation_id, "looking")) as other:
            assert current() is other
            assert told() == ("", "system")
        assert current() is adviser
        assert told() == mine
        with pytest.raises(Forbidden), looking(system(adviser.organisation_id, "looking")):
            raise Forbidden("not so")
        assert told() == mine


def test_numbers_of_everybody_end_with_their_statement(adviser: Actor) -> None:
    with acting(adviser):
        seen = counted(Statement("SELECT current_setting('app.purpose'), %(more)s", {"more": "100 %"}))
        assert seen == [("statistics", "100 %")]
        assert told() == (str(adviser.user_id), "")


def counts(_by: Actor) -> None:
    counted(FAILS)


def looks(by: Actor) -> None:
    with looking(system(by.organisation_id, "looking")), connection.cursor() as cursor:
        cursor.execute(FAILS.sql)


@pytest.mark.parametrize("fails", [counts, looks])
def test_what_fails_between_is_what_is_told(adviser: Actor, fails: Callable[[Actor], None]) -> None:
    """Not that the transaction has failed; undone to where it was well, who acted acts again."""
    with acting(adviser):
        with pytest.raises(DataError), transaction.atomic():
            fails(adviser)
        assert told() == (str(adviser.user_id), "")
