"""The tar inside: written as it comes, of parts whose size is known, so that nothing is held whole in memory."""

import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from .age import Stream

CHUNK = 4 << 20  # bytes


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
    """The content of a part that is read."""

    def __init__(self, file: IO[bytes], stream: Stream) -> None:
        self.file, self.stream = file, stream

    def read(self, size: int = -1) -> bytes:
        """The next bytes, or all. Raises Trouble for a file that ends in the middle."""
        with whole_stream(self.stream):
            return self.file.read(size if size >= 0 else None)  # type: ignore[arg-type]


def read(stream: Stream) -> Iterator[tuple[str, Content]]:
    """Name and content of each part, in their order; each must be read before the next. Raises Trouble."""
    with whole_stream(stream), tarfile.open(fileobj=stream.file, mode="r|") as tar:
        for info in tar:
            file = tar.extractfile(info)
            if file is None:
                raise stream.damaged(info.name)
            yield info.name, Content(file, stream)


@contextmanager
def whole_stream(stream: Stream) -> Iterator[None]:
    """A tar that cannot be read is a file that was cut, or was none; why, the decryption knows best."""
    try:
        yield
    except tarfile.TarError as error:
        stream.finish()
        raise stream.damaged(error) from error


def pieces(file: IO[bytes] | Content, size: int = CHUNK) -> Iterator[bytes]:
    """What is left of a file, piece by piece."""
    while piece := file.read(size):
        yield piece
