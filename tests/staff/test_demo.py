"""What a demo centre shows of people who work here."""

from datetime import date
from random import Random

import pytest

from przystan.access.scene import Scene
from przystan.access.scope import acting
from przystan.staff import queries
from przystan.staff.demo import PEOPLE, SHIFTS, fill
from przystan.staff.loading import load_paper_kinds
from przystan.staff.models import Hour, Worker, WorkerLanguage
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)


def test_papers_in_order_running_out_and_missing() -> None:
    load_paper_kinds()
    point = factories.point(factories.organisation())
    logins = {"interpreter", "volunteer", "teacher", "education_assistant", "adviser"}
    users = {login: factories.user(point.organisation, login, point) for login in sorted(logins)}
    users["coordinator"] = factories.user(point.organisation, "coordinator")
    fill(Scene(point.organisation_id, TODAY, Random(1), users))
    lead = factories.actor(point.organisation, "coordinator")
    with acting(lead):
        workers = list(queries.workers(lead))
        told = queries.assignments(lead, workers, to_minors=True, on=TODAY)
        assert {one.worker.name for one in told if one.may} == {"Yusuf Demir", "Krzysztof Dudek", "Iryna Szewczuk"}
        assert {row.worker.name for row in queries.due(lead, TODAY)} == {"Yusuf Demir", "Bożena Kwiatek"}
        languages = WorkerLanguage.objects.filter(language="fa")
        assert [row.worker.name for row in languages] == ["Zahra Ahmadi"]
    assert len(workers) == len(PEOPLE)
    assert Worker.objects.filter(user=None).count() == 2
    assert Hour.objects.filter(confirmed_at=None).count() == 2
    assert Hour.objects.count() == SHIFTS
