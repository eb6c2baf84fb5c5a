"""Of two who are equally likely, none is taken for the one that is meant."""

from typing import Any

import pytest

from przystan.people.models import Person

from .test_nobody_lost import by, centre, decisions, here, known, read

__all__ = ["by", "centre", "here"]
pytestmark = pytest.mark.django_db
ROW = ["Olena", "Nowak", "1990-05-01"]


@pytest.mark.parametrize("others", [0, 1, 2])
def test_only_one_who_is_surely_meant_is_taken(here: Any, by: Any, others: int) -> None:
    first = known(here, "Olena Nowak", birth="1990-05-01")
    for _ in range(others):
        known(here, "Olena Nowak", birth="1990-05-01")
    batch = read(by, ROW)
    assert decisions(batch) == ["asks" if others else "same"]
    row = batch.rows.get()
    assert row.chosen == ("" if others else first.ref)
    assert len(row.candidates) == 1 + others == Person.objects.count()
