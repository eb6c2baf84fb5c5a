"""Every row lock, tried by two at once: with it one waits and all is right, without it something goes wrong."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from tests.harness.races import every, run
from tests.matrix.sample import WHICH

# As the matrix: of all modules, or of those that are named (`make quick`).
DRAWN = [place for place in sorted(every()) if WHICH in ("", "full") or place.split(".")[0] in WHICH.split(",")]


@pytest.fixture(scope="module", autouse=True)
def keys(committed: None, tmp_path_factory: Any) -> Iterator[None]:
    """Keys of people are made in a folder of their own."""
    with override_settings(KEYS_DIR=tmp_path_factory.mktemp("keys")):
        yield


@pytest.mark.parametrize("place", DRAWN)
def test_who_comes_second_waits_and_finds_what_is_so_now(place: str) -> None:
    race = every()[place].race()
    results, waited = run(race, place)
    assert waited == race.waits, f"nobody waits: is the row held there, before anything is written? {results}"
    assert race.right(results), f"not so: {every()[place].purpose}. {results}"


@pytest.mark.parametrize("place", DRAWN)
def test_without_the_lock_it_goes_wrong(place: str) -> None:
    race = every()[place].race()
    results, _waited = run(race, place, held=False)
    assert not race.right(results), f"the lock is for nothing: {results}"
