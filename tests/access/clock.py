"""A clock that tests move, for sessions."""

import pytest

from przystan.access import sessions


class Clock:
    """Seconds that pass only when told."""

    def __init__(self) -> None:
        self.at = sessions.now()

    def __call__(self) -> int:
        return self.at

    def wait(self, *, minutes: float = 0, hours: float = 0) -> None:
        self.at += int(minutes * 60 + hours * 3600)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(sessions, "now", made)
    return made
