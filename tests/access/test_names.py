"""Under which names a browser makes passkeys, and where one is led instead."""

from typing import Any

import pytest

from przystan.access import names
from przystan.access.names import Hindrance
from przystan.project.checks import passkeys


@pytest.mark.parametrize(
    ("address", "secure", "why"),
    [
        ("127.0.0.1:8000", False, Hindrance.NUMBER),
        ("[::1]:8000", False, Hindrance.NUMBER),
        ("192.168.1.5", True, Hindrance.NUMBER),
        ("localhost:8000", False, None),
        ("centre.localhost", False, None),
        ("centre.example.org", False, Hindrance.NO_TLS),
        ("centre.example.org:8443", True, None),
    ],
)
def test_why_no_passkey_can_be_made(address: str, secure: bool, why: Hindrance | None) -> None:
    assert names.hindrance(address, secure=secure) is why


def test_proper_names_are_neither_numbers_nor_this_machine() -> None:
    hosts = ["localhost", "127.0.0.1", "[::1]", "10.0.0.7", " centre.example.org ", ".example.org", ""]
    assert names.public(hosts) == ["centre.example.org", "example.org"]


@pytest.mark.parametrize(
    ("address", "public", "better"),
    [
        ("127.0.0.1:8000", [], "http://localhost:8000/"),
        ("[::1]:8000", [], "http://localhost:8000/"),
        ("127.0.0.1", [], "http://localhost/"),
        ("127.0.0.1:8000", ["centre.example.org"], "https://centre.example.org/"),
        ("192.168.1.5:8000", [], ""),
        ("192.168.1.5:8000", ["*"], ""),
    ],
)
def test_where_a_passkey_can_be_made(address: str, public: list[str], better: str) -> None:
    assert names.better(address, public) == better


@pytest.mark.parametrize("asked", [True, False])
def test_check_says_that_codes_open_everything(asked: bool, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR, settings.REQUIRE_PASSKEY = True, asked
    assert [one for one in passkeys.remarks() if "an app with codes" in one] == list(passkeys.remarks())
    assert bool(list(passkeys.remarks())) is not asked
