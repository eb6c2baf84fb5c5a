"""Long work leaves the request: time decides, what was begun is undone, and nobody is told to have seen it."""

from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from przystan.access import audit
from przystan.access.actors import Forbidden
from przystan.access.models import AuditEntry
from przystan.access.scope import acting
from przystan.access.spending import OutOfTime, hurrying
from przystan.errands import tasks
from przystan.errands.answering import answer
from przystan.errands.enums import ErrandState
from przystan.errands.models import Errand
from przystan.team.queries import actor_for
from tests import factories

from .conftest import CODE, Work


def asked(work: Work, what: str = "rows") -> HttpResponse:
    request: Any = RequestFactory().post("/")
    request.actor = actor_for(work.user)
    with acting(request.actor):
        return answer(request, CODE, {"what": what}, about="spring")


def deeds(work: Work) -> list[str]:
    return list(AuditEntry.objects.filter(object_ref=work.person.ref).order_by("seq").values_list("action", flat=True))


def test_what_is_quick_is_answered_at_once(work: Work) -> None:
    answer = asked(work)
    assert (answer.content, answer["Content-Type"]) == (b"made of rows", "text/csv")
    assert answer["Content-Disposition"] == 'attachment; filename="a.csv"'
    assert not Errand.objects.exists()
    assert work.name == "renamed"
    assert deeds(work) == ["read", "tests.done"]


@pytest.mark.parametrize("where", ["statement", "python"])
def test_what_is_not_is_left_to_a_job_with_nothing_begun(work: Work, settings: Any, where: str) -> None:
    settings.ERRAND_SECONDS = 0.3
    work.does = endless_statement if where == "statement" else endless_python
    answer = asked(work)
    errand = Errand.objects.get()
    assert answer["Location"] == f"/files/{errand.ref}/"
    assert work.name != "renamed"
    assert deeds(work) == [], "nobody was shown anything"
    assert (errand.state, errand.about, errand.values) == (ErrandState.WAITING, "spring", {"what": "rows"})
    work.does = lambda tell: None
    tasks.run(errand.ref)
    assert work.name == "renamed"
    assert deeds(work) == ["read", "tests.done"]
    assert work.tries == [work.user.full_name] * 2


def endless_statement(tell: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(60)")


def endless_python(tell: Any) -> None:
    while True:
        tell(1, lambda: 2)


def test_what_the_database_may_work_afterwards_is_as_before(work: Work) -> None:
    with acting(actor_for(work.user)):  # type: ignore[arg-type]
        before = limit()
        with hurrying(30):
            assert limit() != before
        assert limit() == before
        with pytest.raises(OutOfTime), hurrying(0):
            limit()
        assert limit() == before


def limit() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return str(cursor.fetchone()[0])


def test_other_errors_stay_what_they_are(work: Work) -> None:
    with acting(actor_for(work.user)), pytest.raises(ZeroDivisionError), hurrying(30):  # type: ignore[arg-type]
        print(1 / 0)


def test_looks_before_the_try_stay(work: Work) -> None:
    by = actor_for(work.user)
    assert by
    with acting(by):
        audit.read(by, work.person, ["birth"])
        work.does = endless_python
        with pytest.raises(OutOfTime), hurrying(0.3) as hurry:
            work.run(by, {"what": "rows"}, lambda done, whole: hurry.check())
    assert [row.object_ref for row in AuditEntry.objects.filter(action="read")] == [work.person.ref]


def test_whoever_lacks_the_right_asks_for_nothing(work: Work) -> None:
    work.user = factories.user(work.centre, "administrator")
    with pytest.raises(Forbidden):
        asked(work)
    assert (work.tries, Errand.objects.count()) == ([], 0)


def test_asked_again_while_it_is_under_way_it_is_the_same(work: Work, settings: Any) -> None:
    settings.ERRAND_SECONDS = 0
    first, again, other = asked(work), asked(work), asked(work, "columns")
    assert first["Location"] == again["Location"] != other["Location"]
    tasks.run(Errand.objects.latest("id").ref)
    assert asked(work, "columns")["Location"] != other["Location"]
