"""What may be taken out of the ledger again."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from przystan.support.actions import close_period, correct, remove
from przystan.support.models import Support
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
