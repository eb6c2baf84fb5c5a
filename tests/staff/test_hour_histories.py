"""Over random histories of noting, confirming and taking back each month adds up to what a notebook says."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from przystan.access.actors import Forbidden
from przystan.access.scope import acting
from przystan.staff import actions, queries
from przystan.staff.actions import Spent
from przystan.staff.models import Hour
from tests.staff.conftest import House

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
Month = tuple[int, int]


def month(day: date) -> Month:
    return day.year, day.month


@dataclass
class Notebook:
    """As somebody would keep it in pencil (`waits`) and ink (`sure`): minutes of each month. `open`: what may still be
    confirmed; `standing`: what nobody took back."""

    sure: Counter[Month] = field(default_factory=Counter)
    waits: Counter[Month] = field(default_factory=Counter)
    open: set[int] = field(default_factory=set)
    standing: set[int] = field(default_factory=set)
    inked: set[int] = field(default_factory=set)


def note(house: House, book: Notebook, rng: Random) -> None:
    day, minutes = TODAY - timedelta(days=rng.randrange(120)), rng.randrange(5, 240)
    with acting(house.actor("interpreter")) as by:
        made = actions.note_hour(
            by=by, worker=house.hasan, spent=Spent(day, minutes=minutes, for_user=house.users["adviser"])
        )
    book.waits[month(day)] += minutes
    book.open.add(made.pk), book.standing.add(made.pk)


def confirm(house: House, book: Notebook, rng: Random) -> None:
    """By the colleague, for whom it was, or by who leads; what needs no word any more is refused to both."""
    hour = Hour.objects.get(pk=rng.choice(list(Hour.objects.order_by("pk").values_list("pk", flat=True))))
    with acting(house.actor(rng.choice(["adviser", "lead"]))) as by:
        if hour.pk not in book.open:
            with pytest.raises(ValidationError, match="needs no word any more"):
                actions.confirm_hour(by=by, hour=hour)
            return
        actions.confirm_hour(by=by, hour=hour)
    book.open.discard(hour.pk)
    book.inked.add(hour.pk)
    book.waits[month(hour.booked_on)] -= hour.signed
    book.sure[month(hour.booked_on)] += hour.signed


def take_back(house: House, book: Notebook, rng: Random) -> None:
    hour = Hour.objects.get(pk=rng.choice(list(Hour.objects.order_by("pk").values_list("pk", flat=True))))
    with acting(house.actor("interpreter")) as by:
        if hour.pk not in book.standing:
            with pytest.raises(ValidationError, match="taken back already"):
                actions.take_back_hour(by=by, hour=hour)
            return
        counter = actions.take_back_hour(by=by, hour=hour)
    book.standing.discard(hour.pk)
    if hour.pk in book.inked:
        book.open.add(counter.pk)  # that it was taken away is confirmed, too
        book.waits[month(TODAY)] -= hour.minutes
    else:
        book.open.discard(hour.pk)
        book.waits[month(hour.booked_on)] -= hour.minutes


@pytest.mark.parametrize("seed", range(4))
def test_each_month_adds_up(house: House, seed: int) -> None:
    rng, book = Random(seed), Notebook()
    for _ in range(4):
        note(house, book, rng)
    for _ in range(22):
        rng.choice([note, confirm, confirm, take_back])(house, book, rng)
    months = {month(TODAY - timedelta(days=days)) for days in range(130)}
    with acting(house.actor("lead")) as by:
        for year, number in sorted(months):
            rows = list(queries.month_of(by, house.hasan, date(year, number, 15)))
            told = queries.total_of(rows)
            assert (told.confirmed, told.waiting) == (book.sure[year, number], book.waits[year, number])
            assert all(row.booked_on.month == number for row in rows)
    kept = sum(Hour.objects.filter(pk__in=book.standing).values_list("minutes", flat=True))
    assert sum(hour.signed for hour in Hour.objects.all()) == kept, "what was taken back is gone, minute for minute"
    assert {hour.pk for hour in Hour.objects.waiting()} == book.open


@pytest.mark.parametrize("seed", range(2))
def test_nobody_confirms_what_they_noted_in_any_history(house: House, seed: int) -> None:
    """The worker, who leads the point, who leads all: each is refused their own, entry or counter-entry."""
    rng = Random(seed)
    who = ["interpreter", "lead", "lead of all"]
    for _ in range(8):
        noting = rng.choice(who)
        with acting(house.actor(noting)) as by:
            made = actions.note_hour(
                by=by, worker=house.hasan, spent=Spent(TODAY, minutes=rng.randrange(5, 60), for_point=house.here)
            )
        tried = made
        if rng.random() < 0.5:
            with acting(house.actor(rng.choice([one for one in who if one != noting]))) as by:
                actions.confirm_hour(by=by, hour=made)
            with acting(house.actor(noting)) as by:
                tried = actions.take_back_hour(by=by, hour=made)
        with acting(house.actor(noting)) as by, pytest.raises(Forbidden, match="somebody else confirms"):
            actions.confirm_hour(by=by, hour=tried)
        assert Hour.objects.get(pk=tried.pk).confirmed_at is None
