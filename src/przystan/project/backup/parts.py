"""The tar inside: written as it comes, of parts whose size is known, so that nothing is held whole in memory.

What is read may have been written by anybody: only plain files, with names that stay where they are put, each once.
"""

import os
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from przystan.project.trouble import Trouble

from .age import Stream
from .manifest import no_backup

CHUNK = 4 << 20  # bytes
PLAIN = (tarfile.REGTYPE, tarfile.AREGTYPE)  # no link, device, folder; nor, see below, a sparse file, larger than it is
LONGEST, DEEPEST = 255, 1024  # bytes of a name, characters with the folders above it
SMALL = 64 << 20  # bytes of what is read whole into memory: the manifest, a key


@dataclass(frozen=True)
class Part:
    """A named piece of a backup."""

    name: str
    size: int
    content: Iterable[bytes]


def whole(name: str, content: bytes) -> Part:
    """A small piece."""
    return Part(name, len(content), [content])


def tarred(parts: Iterable[Part]) -> Iterator[bytes]:
    """The bytes of a tar of these parts."""
    for part in parts:
        info = tarfile.TarInfo(part.name)
        info.size, info.mode = part.size, 0o600
        yield info.tobuf(format=tarfile.PAX_FORMAT)
        yield from part.content
        yield bytes(-part.size % tarfile.BLOCKSIZE)
    yield bytes(2 * tarfile.BLOCKSIZE)


class Content:
    """The content of a part that is read. `size`: bytes."""

    def __init__(self, file: IO[bytes], size: int, stream: Stream) -> None:
        self.file, self.size, self.stream = file, size, stream

    def whole(self) -> bytes:
        """All of something small. Raises Trouble for what is not."""
        if self.size > SMALL:
            raise no_backup()
        return self.read()

    def read(self, size: int = -1) -> bytes:
        """The next bytes, or all. Raises Trouble for a file that ends in the middle."""
        with whole_stream(self.stream):
            return self.file.read(size if size >= 0 else None)  # type: ignore[arg-type]


def read(stream: Stream) -> Iterator[tuple[str, Content]]:
    """Name and content of each part, in their order; each must be read before the next. Raises Trouble."""
    names, folders = set[str](), set[str]()
    with whole_stream(stream), tarfile.open(fileobj=stream.file, mode="r|") as tar:
        for info in tar:
            above = {str(folder) for folder in PurePosixPath(info.name).parents}
            twice = info.name in names | folders or above & names
            if info.type not in PLAIN or info.issparse() or twice or not is_name(info.name):
                raise no_backup()
            names.add(info.name)
            folders |= above
            yield info.name, Content(tar.extractfile(info), info.size, stream)  # type: ignore[arg-type]


def is_name(name: str) -> bool:
    """Whether a part may be called so: "a/b", which leads nowhere else."""
    steps = os.fsencode(name).split(b"/")
    odd = any(step in (b"", b".", b"..") or b"\0" in step or len(step) > LONGEST for step in steps)
    return not odd and len(name) <= DEEPEST


@contextmanager
def whole_stream(stream: Stream) -> Iterator[None]:
    """A tar that cannot be read is a file that was cut, or was none; why, the decryption knows best."""
    try:
        yield
    except Trouble:
        raise
    except (tarfile.TarError, ValueError, OverflowError, EOFError) as error:  # numbers in headers that are none
        stream.finish()
        raise stream.damaged(error) from error


def pieces(file: IO[bytes] | Content, size: int = CHUNK) -> Iterator[bytes]:
    """What is left of a file, piece by piece."""
    while piece := file.read(size):
        yield piece
