"""How long it takes until something is started again."""

from przystan.project.supervision.backoff import SETTLED, Backoff


def test_the_first_time_at_once_then_longer_and_never_for_ever() -> None:
    backoff = Backoff(longest=4.0)
    waits = [backoff.wait(lived=0.1) for _ in range(40)]
    assert waits[:7] == [0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 4.0]
    assert set(waits[7:]) == {4.0}


def test_health_makes_earlier_ends_forgotten() -> None:
    backoff = Backoff()
    for _ in range(5):
        backoff.wait(lived=0.1)
    assert backoff.wait(lived=SETTLED) == 0.0
    assert backoff.wait(lived=SETTLED - 0.01) == 0.25
