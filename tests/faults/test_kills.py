"""The drill of `przystan bench faults`, short: kills under load lose nothing that was acknowledged."""

from argparse import Namespace
from pathlib import Path
from uuid import UUID

import pytest
from bench import faults
from bench.faults import Run, judged
from bench.faults_centre import Ledger
from bench.faults_writers import NOT_SENT, Outcome, Post, outcome

ONE, TWO = UUID(int=1), UUID(int=2)


@pytest.mark.drill
def test_up_to_twenty_kills(tmp_path: Path) -> None:
    """As many as a minute has room for: on a busy machine each takes longer to come back."""
    found = faults.run(tmp_path, Namespace(kills=16, database=4, writers=4, seconds=60, seed=14))
    assert 1 <= len(found.times) <= 20
    assert any(post.outcome is Outcome.ACKNOWLEDGED for post in found.posts)
    assert found.missing == set()
    assert (found.unaudited, found.half, found.sound) == (0, 0, True)


@pytest.mark.parametrize(
    ("ledger", "wrong"),
    [
        (Ledger({"a": ONE}, {"a"}, sound=True), ""),
        (Ledger({}, set(), sound=True), "missing"),
        (Ledger({"a": ONE, "b": TWO}, {"a"}, sound=True), "unaudited"),
        (Ledger({"a": ONE}, {"a", "b"}, sound=True), "half"),
    ],
)
def test_the_drill_sees_what_is_wrong(ledger: Ledger, wrong: str) -> None:
    found = Run(posts=[Post(ONE, Outcome.ACKNOWLEDGED, 302, 0.0), Post(TWO, Outcome.UNKNOWN, 0, 0.0)])
    judged(found, ledger)
    assert found.is_fine == (not wrong)
    assert not wrong or getattr(found, wrong)


def test_a_broken_chain_is_no_good_end() -> None:
    found = Run()
    judged(found, Ledger({}, set(), sound=False))
    assert not found.is_fine


@pytest.mark.parametrize(
    ("status", "known"),
    [
        (302, Outcome.ACKNOWLEDGED),
        (503, Outcome.REFUSED),
        (507, Outcome.REFUSED),
        (500, Outcome.UNKNOWN),
        (0, Outcome.UNKNOWN),
        (NOT_SENT, Outcome.REFUSED),
    ],
)
def test_what_an_answer_means(status: int, known: Outcome) -> None:
    assert outcome(status) is known
