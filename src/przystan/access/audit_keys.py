"""The keys of the audit chain: files `audit-1.key`, `audit-2.key`, ...; the newest closes, all of them check."""

from django.utils.translation import gettext as _

from . import keyfiles
from .models import AuditEntry


class AuditKeyMissing(keyfiles.KeyMissing):
    """Raised where there is a chain but no key for it: nothing may be written until the key file is back."""


def numbers() -> list[int]:
    """Numbers of the keys there are, in order."""
    return keyfiles.numbers("audit")


def all_keys() -> dict[str, bytes]:
    """Every key, by the number that rows name."""
    return {str(number): keyfiles.made(_name(number)) for number in numbers()}


def newest(*, chain_is_empty: bool) -> tuple[str, bytes]:
    """Number and key for new rows; the first is made for an empty chain. Raises AuditKeyMissing."""
    found = numbers()
    if not found and not chain_is_empty:
        raise missing()
    number = found[-1] if found else 1
    return str(number), keyfiles.made(_name(number))


def missing() -> AuditKeyMissing:
    """The error for a chain without any key."""
    said = _("There is no key of the audit log in %(folder)s. Put it back from its copy.")
    return AuditKeyMissing(said % {"folder": keyfiles.folder()})


def renew() -> str:
    """Make the next key; rows from now on are closed with it. Returns its number, which no lost key has had."""
    last = AuditEntry.objects.order_by("-seq").values_list("key_id", flat=True).first()
    number = max([*numbers(), int(last or 0)]) + 1
    keyfiles.made(_name(number))
    return str(number)


def _name(number: int) -> str:
    return f"audit-{number}.key"
