"""A command at a terminal, answered as a person answers it."""

import os
import pty
import re
import select
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from tests.harness.centre import PATIENCE, PROGRAM, environment

Answer = str | Callable[[str], str]  # itself, or made of all that was said until now


def talk(*words: str, data: Path, answers: list[tuple[str, Answer]], **more: str) -> str:
    """Run a command to its end, giving each answer once its question (a pattern, in this order) stands at the end of
    what was said; returns all that was said. Fails on another end than a good one.
    """
    master, slave = pty.openpty()
    command = [*PROGRAM, *words, "--data", str(data)]
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=environment(**more), start_new_session=True
    )
    os.close(slave)
    said = ""
    try:
        for question, answer in answers:
            said += _until(master, rf"{question}[^\n]*[:?] $", said)
            os.write(master, f"{answer(said) if callable(answer) else answer}\n".encode())
        said += _until(master, None, said)
        assert process.wait(timeout=PATIENCE) == 0, said
    finally:
        process.kill()
        process.wait()
        os.close(master)
    return said


def _until(master: int, question: str | None, before: str) -> str:
    """What is said until the question stands at its end; without one, until nobody says more."""
    deadline, said = time.monotonic() + PATIENCE, b""
    while question is None or not re.search(question, said.decode(errors="ignore")):
        assert time.monotonic() < deadline, f"waited for {question!r} after {before}{said.decode(errors='ignore')}"
        if not select.select([master], [], [], 1)[0]:
            continue
        try:
            part = os.read(master, 4096)
        except OSError:  # Linux, once the other end is closed
            part = b""
        if not part:
            assert question is None, f"ended before {question!r}: {before}{said.decode(errors='ignore')}"
            break
        said += part
    return said.decode(errors="ignore").replace("\r", "")
