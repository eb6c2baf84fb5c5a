"""Whether roles that open secrets or accounts are asked for a passkey."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _


def remarks() -> Iterator[str]:
    """Nobody can have a passkey that lasts without a public name, so codes open everything for now (decision 25)."""
    if settings.REQUIRE_SECOND_FACTOR and not settings.REQUIRE_PASSKEY:
        yield _(
            "Roles that open protected files or accounts log in with an app with codes, not a passkey: there is no "
            "public name with https yet. Name it in PRZYSTAN_HOSTS."
        )
