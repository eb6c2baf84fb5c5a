"""Whose work a backup is. Being encrypted says nothing of it: to a public key anybody may encrypt.

The last part is an HMAC-SHA256 over all others, under a key made of the key files that the manifest names. Whoever has
not all of them can make no backup that these keys bring back, nor change one.

So a backup is read through before the first of it is used, and then once more: what is larger than memory cannot be
proven first and used after in one reading. Between the two somebody may exchange the file; the second reading therefore
takes each part only as the first has found it (`Proven`).
"""

import hmac
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from hashlib import sha256
from pathlib import Path
from typing import Any

from przystan.project.trouble import Exit, Trouble

from . import age
from .parts import Part, pieces, read, whole

NAME = "seal"
Secrets = Iterable[bytes]  # contents of the key files, in the order of their names in the manifest


@dataclass(frozen=True)
class Proven:
    """SHA-256 of each part, by its name, as it was when the seal was compared."""

    digests: Mapping[str, bytes]

    def require(self, name: str, digest: bytes) -> None:
        """Raise Trouble unless a part is still what it was."""
        if not hmac.compare_digest(self.digests.get(name, b""), digest):
            raise _not_theirs()

    def require_all(self, names: Collection[str]) -> None:
        """Raise Trouble unless these are all parts that there were."""
        if set(names) != set(self.digests):
            raise _not_theirs()


class Mac:
    """Over parts as they come. What is said before each content tells where it ends."""

    def __init__(self, secrets: Secrets) -> None:
        key = sha256(b"przystan backup seal\n" + b"".join(sha256(one).digest() for one in secrets)).digest()
        self.mac = hmac.new(key, digestmod="sha256")

    def begin(self, name: str, size: int) -> None:
        self.mac.update(f"{len(name)}:{name}:{size}:".encode())

    def told(self) -> bytes:
        return self.mac.hexdigest().encode()


def sealed(parts: Iterable[Part], secrets: Secrets) -> Iterator[Part]:
    """The parts, and the seal behind them."""
    mac = Mac(secrets)
    for part in parts:
        mac.begin(part.name, part.size)
        yield Part(part.name, part.size, _passed(part.content, mac))
    yield whole(NAME, mac.told())


def _passed(content: Iterable[bytes], mac: Mac) -> Iterator[bytes]:
    for piece in content:
        mac.mac.update(piece)
        yield piece


def require(file: Path, identities: list[Any], secrets: Secrets) -> Proven:
    """Read a backup through. Raises Trouble unless its last part is the seal of all others under these keys."""
    mac, told = Mac(secrets), b""
    digests: dict[str, bytes] = {}
    with age.opened(file, identities) as stream:
        for name, content in read(stream):
            if told:
                raise _not_theirs()
            if name == NAME:
                told = content.whole()
                continue
            mac.begin(name, content.size)
            digest = sha256()
            for piece in pieces(content):
                mac.mac.update(piece)
                digest.update(piece)
            digests[name] = digest.digest()
        stream.finish()
    if not hmac.compare_digest(told, mac.told()):
        raise _not_theirs()
    return Proven(digests)


def _not_theirs() -> Trouble:
    return Trouble(
        _(
            "This backup was not made with these keys, or somebody has changed it since. Restore only what your own"
            " centre made. Nothing of it is used."
        ),
        Exit.UNSAFE,
    )
