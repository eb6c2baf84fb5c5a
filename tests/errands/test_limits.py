"""An account has so many errands under way, and so many files kept; what is beyond is refused in words."""

import pytest
from django.urls import reverse

from przystan.access.scope import acting
from przystan.errands import actions, tasks
from przystan.errands.models import Errand
from przystan.team.queries import actor_for
from tests import factories

from .conftest import CODE, Work


def ask(work: Work, what: int) -> Errand:
    by = actor_for(work.user)
    assert by
    with acting(by):
        return actions.ask(by=by, code=CODE, values={"what": what})


def test_only_so_many_are_under_way(work: Work) -> None:
    made = [ask(work, what) for what in range(actions.MOST_OPEN)]
    with pytest.raises(actions.TooMany, match="No more than 5 can"):
        ask(work, 99)
    assert ask(work, 0) == made[0], "asked again, it is the same"
    tasks.run(made[0].ref)
    assert ask(work, 99)
    work.user = factories.user(work.centre, "coordinator")
    assert ask(work, 1), "a colleague has room of their own"


def test_only_so_many_files_are_kept(work: Work) -> None:
    for _each in range(actions.MOST_KEPT - 1):
        factories.errand(work.centre, work.user)
    Errand.objects.filter(pk=factories.errand(work.centre, work.user).pk).update(name="")  # shown by a page
    last = ask(work, 1)
    tasks.run(last.ref)
    with pytest.raises(actions.TooMany, match="No more than 20 files"):
        ask(work, 2)
    last.delete()
    assert ask(work, 2)


def test_whoever_asks_for_too_much_is_told_where_they_asked(work: Work, settings: object) -> None:
    settings.ERRAND_SECONDS = 0  # type: ignore[attr-defined]
    for _each in range(actions.MOST_KEPT):
        factories.errand(work.centre, work.user)
    browser = work.client()
    answer = browser.post(reverse("privacy:copy", args=[work.person.ref]), {"language": "en"}, follow=True)
    assert "No more than 20 files" in answer.content.decode()
    assert answer.redirect_chain[0][0] == reverse("privacy:person", args=[work.person.ref])
