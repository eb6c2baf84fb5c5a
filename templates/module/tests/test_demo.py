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


def test_rows_of_the_last_weeks_about_people_of_the_advisers_point() -> None:
    centre = factories.organisation()
    here, there = factories.point(centre), factories.point(centre)
    mine = factories.person(here)
    factories.person(there)
    users = {"adviser": factories.user(centre, "adviser", here)}
    today = timezone.localdate()
    fill(Scene(centre.pk, today, Random(1), users))  # noqa: S311
    row = Item.objects.get()
    assert row.person == mine
    assert today - timedelta(days=60) <= row.day <= today
