"""The process that reads what strangers sent has nothing to lose, and does not go on for ever."""

import os
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from przystan.kernel import apart
from przystan.kernel.apart import Bounds, Ended, Why, parent

ENOUGH = Bounds(seconds=5, memory=512 * 1024**2)


@pytest.fixture
def reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Reads with a program of the test's own: the body of its work, and of what it prepares."""

    def read(work: str, contents: bytes = b"", bounds: Bounds = ENOUGH, order: Any = None, **more: Any) -> list[Any]:
        program = tmp_path / "program.py"
        body = textwrap.indent(textwrap.dedent(work), "    ")
        head = "import fcntl, os, socket, sys, time\nfrom contextlib import suppress\n"  # later nothing can be loaded
        head += "from przystan.kernel.apart import child\n"
        program.write_text(f"{head}def work(order, file):\n{body}\nchild.serve(work)\n")
        whole = parent.subprocess.Popen

        def started(command: list[str], **options: Any) -> Any:
            at = command.index("-m")
            return whole([*command[:at], str(program), *command[at + 2 :]], **options)

        monkeypatch.setattr(parent.subprocess, "Popen", started)
        with apart.messages("program", order, [contents], bounds, **more) as messages:
            return list(messages)

    return read


def why(reading: Any, work: str, **more: Any) -> Why:
    with pytest.raises(Ended) as ended:
        reading(work, **more)
    return ended.value.why


def test_it_is_told_an_order_and_gets_the_file(reading: Any) -> None:
    work = "yield order\nyield file.read().decode()\nyield [1, {'a': 'ł'}]"
    assert reading(work, b"abc", order={"x": 1}) == [{"x": 1}, "abc", [1, {"a": "ł"}]]


def test_it_has_nothing_of_our_environment_and_no_open_file(reading: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    mine = os.open(os.devnull, os.O_RDONLY)
    os.set_inheritable(mine, True)
    work = """
    found = []
    for number in range(3, 200):
        with suppress(OSError):
            fcntl.fcntl(number, fcntl.F_GETFD)
            found.append(number)
    yield [sorted(os.environ), found == [file.fileno()]]
    """
    try:
        ((environment, alone),) = reading(work)
    finally:
        os.close(mine)
    assert set(environment) <= {"LC_CTYPE"}
    assert alone


@pytest.mark.parametrize("deed", ["open('/etc/passwd')", "socket.socket()", "os.pipe()", "os.memfd_create('x')"])
def test_it_can_open_nothing(reading: Any, deed: str) -> None:
    work = f"""
    try:
        {deed}
    except OSError as error:
        yield "refused"
    else:
        yield "done"
    """
    assert reading(work) == ["refused"]


def test_processor_time_is_bounded(reading: Any) -> None:
    assert why(reading, "while True: pass\nyield", bounds=Bounds(1, ENOUGH.memory)) is Why.SLOW


def test_time_by_the_clock_is_bounded(reading: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parent, "TICK", 0.01)
    monkeypatch.setattr(parent, "SLACK", 0.2)
    assert why(reading, "time.sleep(60)\nyield", bounds=Bounds(1, ENOUGH.memory)) is Why.SLOW


def test_memory_is_bounded(reading: Any) -> None:
    assert why(reading, "yield len(bytearray(1 << 30))") is Why.MEMORY


@pytest.mark.parametrize(
    "work",
    [
        "1 / 0\nyield",
        "os._exit(9)\nyield",
        "os.abort()\nyield",
        "sys.stdout.buffer.write(b'[' * 100000 + b'\\n')\nyield 1",
        "sys.stdout.buffer.write(b'no json\\n')\nyield 1",
        "yield 1\nsys.stdout.buffer.write(b'[1, 2')",
        f"yield 'x' * {parent.LONGEST}",
    ],
    ids=["raises", "exits", "aborts", "deep", "no JSON", "half", "long"],
)
def test_whatever_else_it_does_is_said(reading: Any, work: str) -> None:
    assert why(reading, work) is Why.BROKEN


def test_nobody_wants_it_any_more(reading: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parent, "TICK", 0.01)
    assert why(reading, "time.sleep(60)\nyield", wanted=lambda: False) is Why.UNWANTED


def test_the_clock_runs_on_when_nobody_can_be_asked(reading: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parent, "TICK", 0.01)
    monkeypatch.setattr(parent, "SLACK", 0.2)
    work = "time.sleep(60)\nyield"
    assert why(reading, work, bounds=Bounds(1, ENOUGH.memory), wanted=lambda: bool(1 / 0)) is Why.SLOW


def test_it_is_gone_when_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Any] = []
    whole = parent.subprocess.Popen
    monkeypatch.setattr(parent.subprocess, "Popen", lambda *a, **k: started.append(whole(*a, **k)) or started[-1])
    with apart.messages("this", None, [], ENOUGH):
        pass
    assert started[0].poll() is not None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks the kernel of Linux")
def test_the_file_lies_on_no_disk() -> None:
    with parent._file([b"a", b"b"]) as file:
        assert os.readlink(f"/proc/self/fd/{file.fileno()}").startswith("/memfd:")
        assert file.read() == b"ab"
