"""What a demo centre shows of results."""

from datetime import date, timedelta
from random import Random

import pytest

from przystan.access.scene import Scene
from przystan.funding.demo import EACH, fill
from przystan.funding.models import ResultAllocation
from przystan.funding.queries.counting import Span
from przystan.funding.queries.indicators import figures
from przystan.ledger.models import Period
from przystan.results.loading import load_kinds
from przystan.results.models import Result
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)


def test_results_are_noted_counted_and_lie_in_open_months() -> None:
    load_kinds()
    point = factories.point(factories.organisation())
    for number in range(2 * EACH):
        factories.person(point, f"Person {number}")
    programme = factories.programme(point.organisation)
    factories.indicator(programme, "results")
    closed = TODAY - timedelta(days=20)
    Period.objects.create(organisation=point.organisation, starts=closed - timedelta(days=30), ends=closed)
    fill(Scene(point.organisation_id, TODAY, Random(1), {}))
    noted = Result.objects.count()
    assert Result.objects.filter(person__isnull=False).count() == 2
    assert noted == ResultAllocation.objects.filter(programme=programme).count() > 2
    assert not Result.objects.filter(day__lte=closed).exists()
    actor = factories.actor(point.organisation, "coordinator")
    assert [figure.total for figure in figures(actor, Span())] == [noted]
