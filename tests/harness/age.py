"""A lock as quick as a test needs it. age takes seconds and a gigabyte for each passphrase, by design."""

from collections.abc import Iterator
from hashlib import sha256
from types import SimpleNamespace

import pytest

from przystan.privacy import exports


class QuickLock:
    """Stands for `pyrage.passphrase`: opens with the same words only, and hides nothing."""

    @staticmethod
    def encrypt(content: bytes, words: str) -> bytes:
        return sha256(words.encode()).digest() + content[::-1]

    @staticmethod
    def decrypt(closed: bytes, words: str) -> bytes:
        assert closed[:32] == sha256(words.encode()).digest(), "other words"
        return closed[:31:-1]


@pytest.fixture(autouse=True)
def quick_lock(request: pytest.FixtureRequest) -> Iterator[None]:
    """For every test but those that are marked `age`."""
    if request.node.get_closest_marker("age"):
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exports, "pyrage", SimpleNamespace(passphrase=QuickLock))
        yield
