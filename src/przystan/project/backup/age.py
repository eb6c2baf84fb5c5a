"""Closing a stream for recipients, opening it again: the format of `age`, which other programs can open too."""

import io
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from gettext import gettext as _
from pathlib import Path
from threading import Thread
from typing import IO, Any

import pyrage

from przystan.project.trouble import Exit, Trouble

MAGIC = b"age-encryption.org/"


def recipients(texts: Iterable[str]) -> list[Any]:
    """Public keys, such as "age1…". Raises Trouble for what is none."""
    try:
        return [pyrage.x25519.Recipient.from_str(text.strip()) for text in texts]
    except pyrage.RecipientError as error:
        raise Trouble(_("This is no recipient: it should begin with age1. (%s)") % error, Exit.USAGE) from error


def identities(file: Path | None) -> list[Any]:
    """The secret keys in a file: its lines that begin with AGE-SECRET-KEY-. None without a file. Raises Trouble."""
    if file is None:
        return []
    try:
        lines = [line.strip() for line in file.read_text().splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line.startswith("AGE-SECRET-KEY-")]
    except (OSError, ValueError, pyrage.IdentityError) as error:
        raise Trouble(_("Cannot read the identity in %(file)s: %(error)s.") % _at(file, error), Exit.USAGE) from error
    if not found:
        raise Trouble(_("There is no identity (AGE-SECRET-KEY-…) in %s.") % file, Exit.USAGE)
    return found


def new_identity(file: Path) -> str:
    """Write a new identity into a file that is not there yet, for nobody else to read; returns its recipient."""
    made = pyrage.x25519.Identity.generate()
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise Trouble(_("Cannot write %(file)s: %(error)s.") % _at(file, error), Exit.USAGE) from error
    with os.fdopen(descriptor, "w") as opened:
        opened.write(f"# public key: {made.to_public()}\n{made}\n")
        opened.flush()
        os.fsync(descriptor)
    return str(made.to_public())


def close(chunks: Iterable[bytes], file: IO[bytes], to: list[Any]) -> None:
    """Write a stream into a file, closed for `to`; in clear when there is nobody in it."""
    if not to:
        for chunk in chunks:
            file.write(chunk)
        return
    source = _Source(chunks)
    sink = _Sink(file)
    try:
        pyrage.encrypt_io(source, sink, to)
    except Exception as error:
        raise (source.error or sink.error or error) from None


@contextmanager
def opened(file: Path, keys: list[Any]) -> Iterator["Stream"]:
    """The clear stream of a file. Raises Trouble when no key opens it; see `Stream.finish`."""
    if not file.is_file():
        raise Trouble(_("There is no file %s.") % file, Exit.USAGE)
    with file.open("rb") as closed:
        is_closed = closed.read(len(MAGIC)) == MAGIC
        closed.seek(0)
        if not is_closed:
            yield Stream(closed)
            return
        if not keys:
            raise Trouble(_("%s is encrypted. Name the file of its identity with --identity.") % file, Exit.USAGE)
        reading, writing = os.pipe()
        stream = Stream(os.fdopen(reading, "rb"))
        worker = Thread(target=_decrypt, args=[closed, writing, keys, stream], daemon=True)
        worker.start()
        stream.worker = worker
        try:
            yield stream
        finally:
            stream.file.close()
            worker.join()


class Stream:
    """A clear stream to read. What was read counts only after `finish`: before it, the end may have been cut off."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.worker: Thread | None = None
        self.error: Exception | None = None

    def finish(self) -> None:
        """Read to the end. Raises Trouble when the file was cut, changed, or is closed for somebody else."""
        while self.file.read(1 << 20):
            pass
        if self.worker:
            self.worker.join()
        self.check()

    def check(self) -> None:
        """Raise what went wrong until now."""
        if self.error:
            raise self.damaged(self.error) from self.error

    @staticmethod
    def damaged(error: object) -> Trouble:
        """The sentence for what cannot be read."""
        return Trouble(
            _("The file cannot be opened with this identity, or is damaged: %s. Nothing of it is used.") % error
        )


def _decrypt(closed: IO[bytes], writing: int, keys: list[Any], stream: Stream) -> None:
    with suppress(BrokenPipeError), os.fdopen(writing, "wb") as sink:  # also what is left to write when it closes
        try:
            pyrage.decrypt_io(closed, sink, keys)
        except Exception as error:  # told by `check`, in the thread that reads
            stream.error = error


class _Source(io.RawIOBase):
    """Reads from an iterator; keeps the error that the iterator raised, which pyrage would wrap."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.chunks, self.left = iter(chunks), b""
        self.error: BaseException | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        try:
            while not self.left:
                self.left = next(self.chunks)
        except StopIteration:
            return b""
        except BaseException as error:
            self.error = error
            raise
        given, self.left = (self.left, b"") if size < 0 else (self.left[:size], self.left[size:])
        return given


class _Sink(io.RawIOBase):
    """Writes into a file; keeps the error of a full disk."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.error: OSError | None = None

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        try:
            return self.file.write(content)
        except OSError as error:
            self.error = error
            raise


def _at(file: Path, error: Exception) -> dict[str, object]:
    return {"file": file, "error": getattr(error, "strerror", None) or error}
