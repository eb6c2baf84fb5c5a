"""What a job made is kept for a day, sealed, for its asker as they are now, and for nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from przystan.access.actors import Actor
from przystan.access.copies import throw_copies
from przystan.access.leaving import excluded
from przystan.access.models import AuditEntry
from przystan.access.scope import acting
from przystan.errands import actions, queries, tasks, views
from przystan.errands.enums import ErrandState
from przystan.errands.models import Errand
from przystan.team.models import Membership
from przystan.team.queries import actor_for
from tests import factories

from .conftest import CODE, Work


def ordered(work: Work, what: str = "rows") -> Errand:
    by = actor_for(work.user)
    assert by
    with acting(by):
        return actions.ask(by=by, code=CODE, values={"what": what})


def job(errand: Errand) -> str:
    return reverse("errands:errand", args=[errand.ref])


def fetch(errand: Errand) -> str:
    return reverse("errands:fetch", args=[errand.ref])


def test_from_asking_to_fetching(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "anybody_works", lambda: False)  # whoever works for other tests
    errand, browser = ordered(work), work.client()
    page = browser.get(job(errand)).content.decode()
    assert "every 2s" in page
    assert "Look again" in page
    assert "Nobody is at work" in page
    assert browser.post(fetch(errand)).status_code == 404  # not ready yet
    tasks.run(errand.ref)
    tasks.run(errand.ref)  # asked twice: done once
    assert len(work.tries) == 1
    piece = browser.get(job(errand), headers={"HX-Request": "true"}).content.decode()
    assert fetch(errand) in piece
    assert "every 2s" not in piece
    answer = browser.post(fetch(errand))
    assert (answer.content, answer["Content-Type"]) == (b"made of rows", "text/csv")
    row = AuditEntry.objects.latest("seq")
    assert (row.action, row.object_ref, row.purpose) == ("errand.fetch", errand.ref, CODE)
    assert AuditEntry.objects.filter(action="errand.ask", object_ref=errand.ref, purpose=CODE).exists()


def test_a_page_says_how_far_it_is(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(tasks, "aside", lambda name, work: work())
    monkeypatch.setattr(tasks.actions, "advance", lambda *, errand, done, total: told.append((done, total)))
    monkeypatch.setattr(tasks, "TELL_EVERY", 0.0)
    asked: list[int] = []

    def whole() -> int:
        asked.append(1)
        return 40

    work.does = lambda tell: [tell(done, whole) for done in (1, 20, 41)]
    tasks.run(ordered(work).ref)
    assert (told, len(asked)) == ([(1, 40), (20, 40), (40, 40)], 1)


def test_when_it_is_ready_the_bar_is_full_and_nobody_is_told_to_wait(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "aside", lambda name, work: work())
    work.does = lambda tell: tell(3, lambda: 40)
    errand = ordered(work)
    tasks.run(errand.ref)
    errand.refresh_from_db()
    assert (errand.done, errand.total) == (40, 40)
    piece = work.client().get(job(errand), headers={"HX-Request": "true"}).text
    assert "Fetch the file" in piece
    for word in ("Look again", "the work goes on"):
        assert word not in piece
        assert word not in work.client().get(job(errand)).text


def test_it_is_on_ones_own_list_alone(work: Work) -> None:
    errand = ordered(work)
    tasks.run(errand.ref)
    assert job(errand) in work.client().get(reverse("errands:index")).content.decode()
    colleague = work.client(factories.user(work.centre, "coordinator"))
    assert job(errand) not in colleague.get(reverse("errands:index")).content.decode()
    assert colleague.get(job(errand)).status_code == colleague.post(fetch(errand)).status_code == 404


def test_the_database_shows_it_to_nobody_else(work: Work) -> None:
    errand = ordered(work)
    for user, seen in ((work.user, 1), (factories.user(work.centre, "coordinator"), 0)):
        with acting(actor_for(user)):  # type: ignore[arg-type]
            assert Errand.objects.filter(pk=errand.pk).count() == seen


def test_neither_what_was_asked_nor_what_came_of_it_is_legible(work: Work) -> None:
    errand = ordered(work, "a secret matter")
    tasks.run(errand.ref)
    with connection.cursor() as cursor:
        cursor.execute("SELECT asked, content FROM errands_errand WHERE ref = %s", [errand.ref])
        asked, content = map(bytes, cursor.fetchone())
    assert (len(asked) > 30, len(content) > 30) == (True, True)
    assert b"secret" not in asked + content
    assert Errand.objects.get().content == b"made of a secret matter"


@pytest.mark.parametrize(
    ("does", "said"),
    [(lambda tell: 1 / 0, ""), (lambda tell: refuse("The programme has ended."), "The programme has ended.")],
)
def test_what_fails_says_so_and_changes_nothing(work: Work, does: Any, said: str) -> None:
    work.does = does
    errand, before = ordered(work), work.name
    tasks.run(errand.ref)
    errand.refresh_from_db()
    assert (errand.state, errand.trouble, work.name) == (ErrandState.FAILED, said, before)
    page = work.client().get(job(errand)).content.decode()
    assert "It could not be done" in page
    assert said in page
    assert work.client().post(fetch(errand)).status_code == 404


def refuse(words: str) -> None:
    raise ValidationError(words)


def test_it_is_done_with_the_rights_of_then_and_fetched_with_those_of_now(work: Work) -> None:
    errand = ordered(work)
    Membership.objects.filter(user=work.user).update(role="administrator")
    tasks.run(errand.ref)
    errand.refresh_from_db()
    assert (errand.state, work.tries) == (ErrandState.FAILED, [])
    Membership.objects.filter(user=work.user).update(role="coordinator")
    errand = ordered(work)
    tasks.run(errand.ref)
    Membership.objects.filter(user=work.user).update(role="administrator")
    assert work.client().post(fetch(errand)).status_code == 404
    Membership.objects.filter(user=work.user).update(role="adviser")  # sees less, and may still ask for such work
    answer = work.client().post(fetch(errand), follow=True)
    assert b"made of" not in answer.content
    assert "What you may see has changed" in answer.content.decode()


def test_who_has_no_account_any_more_gets_nothing_made(work: Work) -> None:
    errand = ordered(work)
    Membership.objects.filter(user=work.user).delete()
    tasks.run(errand.ref)
    errand.refresh_from_db()
    assert (errand.state, work.tries) == (ErrandState.FAILED, [])


def test_it_goes_after_a_day(work: Work) -> None:
    ordered(work)
    assert actions.throw_away() == 0
    Errand.objects.update(at=timezone.now() - timedelta(hours=25))
    tasks.throw_away(0)
    assert not Errand.objects.exists()


def test_who_waits_for_a_job_that_was_given_up_is_told(work: Work) -> None:
    """As it took its worker down each time. One that waits or works is left alone."""
    lost, waiting = ordered(work, "lost"), ordered(work, "waiting")
    ProcrastinateJob.objects.filter(args__ref=lost.ref).update(status="failed")
    tasks.throw_away(0)
    for errand in (lost, waiting):
        errand.refresh_from_db()
    assert (lost.state, waiting.state) == (ErrandState.FAILED, ErrandState.WAITING)


def test_what_waits_is_called_by_no_words_of_before_somebody_was_hidden(work: Work) -> None:
    """A file's name may be theirs, and nobody looks for one person in it."""
    errand = ordered(work)
    Errand.objects.filter(pk=errand.pk).update(about="Olena Kowalenko.xlsx")
    throw_copies(errand.organisation_id)
    errand.refresh_from_db()
    assert (errand.state, errand.about) == (ErrandState.WAITING, "")


def test_whoever_is_kept_away_from_a_person_loses_the_files_of_before(work: Work) -> None:
    colleague = factories.user(work.centre, "coordinator")
    mine, theirs = factories.errand(work.centre, work.user), factories.errand(work.centre, colleague)
    excluded(factories.actor(work.centre, "coordinator"), work.person, work.user)
    assert set(Errand.objects.all()) == {theirs}
    assert mine.pk


def test_a_page_that_shows_what_came_of_it_is_for_who_asked(work: Work) -> None:
    made = factories.errand(work.centre, work.user, b'{"moved": 3}', way="out")
    by = actor_for(work.user)
    assert by
    assert queries.shown(by, "reports.file", made.ref) == ({"way": "out"}, {"moved": 3})
    others = [factories.actor(work.centre, "coordinator"), narrower(by)]
    for other, code in [*((one, "reports.file") for one in others), (by, "funding.trial")]:
        with pytest.raises(Errand.DoesNotExist):
            queries.shown(other, code, made.ref)


def narrower(by: Actor) -> Actor:
    return Actor(by.user_id, by.name, by.organisation_id, roles=by.roles, rights=by.rights, points=frozenset())


def test_nothing_of_a_module_that_is_gone_is_shown(work: Work) -> None:
    made = factories.errand(work.centre, work.user, b"x")
    Errand.objects.update(runner="gone.file")
    assert work.client().get(job(made)).status_code == work.client().post(fetch(made)).status_code == 404
    assert work.client().get(reverse("errands:index")).status_code == 200
