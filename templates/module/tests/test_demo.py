"""What a demo centre shows of sample."""

from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone
from przystan.sample.demo import fill
from przystan.sample.models import Item

from przystan.access.scene import Scene
from tests import factories

pytestmark = pytest.mark.django_db


def test_rows_of_the_last_weeks() -> None:
    point = factories.point(factories.organisation())
    factories.person(point)
    users = {"adviser": factories.user(point.organisation, "adviser", point)}
    today = timezone.localdate()
    fill(Scene(point.organisation_id, today, Random(1), users))  # noqa: S311
    assert today - timedelta(days=60) <= Item.objects.get().day <= today
