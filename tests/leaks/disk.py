"""What an administrator finds with grep: marks of a test, in any of the shapes in which bytes may lie on a disk."""

import mmap
import os
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

AROUND = 40  # bytes shown of a find


def shapes(mark: str) -> dict[str, bytes]:
    """A mark as text, as UTF-16, in hexadecimal, and in base64 at each of its three alignments."""
    plain = mark.encode()
    found = {"UTF-8": plain, "UTF-16": mark.encode("utf-16-le"), "UTF-16 BE": mark.encode("utf-16-be")}
    found |= {"hex": plain.hex().encode(), "HEX": plain.hex().upper().encode()}
    for shift in range(3):
        # The first and last letters of base64 also depend on the neighbours: only what lies between is the mark's own.
        letters = b64encode(b"\0" * shift + plain)
        whole = (shift + len(plain)) // 3 * 4
        found[f"base64 {shift}"] = letters[4 if shift else 0 : whole]
    return found


def finds(mark: str, *places: Path) -> list[str]:
    """Where the mark lies below these folders or in these files, each once per shape, with a little of what follows."""
    return [line for place in places for file in files(place) for line in _in(file, mark)]


def files(place: Path) -> Iterator[Path]:
    """This file, or all below this folder: those that are still there when one comes to them."""
    below = (Path(folder, name) for folder, _, names in os.walk(place) for name in names)
    yield from (file for file in ([place] if place.is_file() else sorted(below)) if file.is_file())


def _in(file: Path, mark: str) -> Iterator[str]:
    try:
        size = file.stat().st_size
        with file.open("rb") as opened:
            if not size:
                return
            with mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
                yield from _hits(str(file), content, mark)
    except FileNotFoundError:  # the server threw it away meanwhile
        return


def _hits(file: str, content: mmap.mmap, mark: str) -> Iterator[str]:
    for shape, sought in shapes(mark).items():
        if (place := content.find(sought)) >= 0:
            yield f"{file} ({shape}): {content[place : place + len(sought) + AROUND]!r}"
