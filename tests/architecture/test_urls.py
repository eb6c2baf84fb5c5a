"""Every address says what it asks for."""

from przystan.access.addresses import named, policy


def test_every_address_says_who_may_open_it() -> None:
    silent = sorted({name for name, _ in named()} - set(policy()))
    assert silent == [], (
        "an address of ours is made by `page(route, view, right, name)` in its module's urls.py;"
        " one of a library is named in project/urls.py with what it asks for"
    )
