"""What the supervisor writes, the web processes read."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from przystan.project.supervision import board
from przystan.project.supervision.board import Board, Note, PartState

MORNING = datetime(2026, 11, 30, 7, 5, 9, tzinfo=UTC)


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Board:
    made = Board(tmp_path / "parts.json")
    monkeypatch.setenv(board.VARIABLE, str(made.path))
    return made


def test_what_is_written_is_read(shown: Board) -> None:
    shown.put("worker", Note(PartState.RESTARTING, MORNING, MORNING))
    shown.put("pages", Note(PartState.OK))
    assert board.read() == {"worker": Note(PartState.RESTARTING, MORNING, MORNING), "pages": Note(PartState.OK)}


def test_a_shorter_text_leaves_nothing_of_a_longer_one(shown: Board) -> None:
    shown.put("worker", Note(PartState.RESTARTING, MORNING, MORNING))
    shown.put("worker", Note(PartState.OK))
    assert board.read() == {"worker": Note(PartState.OK)}


def test_the_file_never_grows_so_that_a_full_disk_is_no_matter(shown: Board) -> None:
    sizes = set()
    for note in (Note(), Note(PartState.RESTARTING, MORNING, MORNING)):
        shown.put("worker", note)
        sizes.add(shown.path.stat().st_size)
    assert sizes == {board.SIZE}
    assert shown.path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("text", ["", "{", "[]", '{"worker": {"state": "wet"}}', '{"worker": 1}'])
def test_what_cannot_be_read_is_nothing(shown: Board, text: str) -> None:
    shown.path.write_text(text)
    assert board.read() == {}


def test_without_a_supervisor_there_is_no_board(shown: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    shown.put("worker", Note(PartState.OK))
    monkeypatch.delenv(board.VARIABLE)
    assert board.read() == {}


def test_at_the_end_it_is_taken_down(shown: Board) -> None:
    shown.close()
    assert not shown.path.exists()
    assert board.read() == {}
