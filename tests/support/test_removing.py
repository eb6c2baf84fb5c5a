"""What may be taken out of the ledger again."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from przystan.access.doors import door
from przystan.access.scope import acting
from przystan.ledger.actions import close_period
from przystan.support.actions import correct, remove
from przystan.support.models import Support, SupportPerson, SupportTopic
from przystan.team.queries import actor_for
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_counter_entry_is_never_removed() -> None:
    centre = factories.organisation()
    point = factories.point(centre)
    by = factories.actor(centre, "coordinator", at=point)
    support = factories.support(point, factories.service(), day=date(2024, 3, 2))
    close_period(by=by, starts=date(2024, 3, 1), ends=date(2024, 3, 31))
    counter, _right = correct(by=by, support=support, reason="typed twice")
    with pytest.raises(ValidationError):
        remove(by=by, supports=[counter])
    assert Support.objects.count() == 2


@pytest.mark.parametrize("statement", ["UPDATE support_support SET minutes = 1", "DELETE FROM support_supporttopic"])
def test_the_database_refuses_to_edit_what_is_closed(statement: str) -> None:
    centre = factories.organisation()
    point = factories.point(centre)
    by = factories.actor(centre, "coordinator", at=point)
    service = factories.service()
    support = factories.support(point, service, day=date(2024, 3, 2))
    with door():
        SupportTopic.objects.create(support=support, topic=factories.topic(service), minutes=5)
    close_period(by=by, starts=date(2024, 3, 1), ends=date(2024, 3, 31))
    with pytest.raises(IntegrityError, match="is closed"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_entry_with_somebody_hidden_in_it_goes_as_a_whole() -> None:
    """Nothing tells whoever removes it that there was somebody else."""
    centre = factories.organisation()
    point = factories.point(centre)
    user = factories.user(centre, "adviser", point)
    shown, hidden = factories.person(point), factories.person(point, protected=True, alias="P-1")
    support = factories.support(point, factories.service(), shown, hidden, headcount=2, staff=user)
    actor = actor_for(user)
    assert actor
    with acting(actor):
        assert remove(by=actor, supports=[support]) == 1
    assert not SupportPerson.objects.exists()
