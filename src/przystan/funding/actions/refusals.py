"""Why money says no, in sentences."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from przystan.ledger.actions import constraint_of


class PaidAlready(ValidationError):
    """An entry has at most one payer, and this one has it."""

    def __init__(self) -> None:
        super().__init__(_("Somebody has chosen a payer for this support already. Look again."), code="paid")


class PayerRefused(ValidationError):
    """The programme cannot pay for this support."""

    def __init__(self, name: str, reasons: Sequence[str]) -> None:
        words = {"name": name, "reasons": "; ".join(reasons)}
        super().__init__({"payer": _("“%(name)s” cannot pay for this: %(reasons)s.") % words}, code="refused")


class ReasonMissing(ValidationError):
    """Another payer than the suggested one, and nobody said why."""

    def __init__(self) -> None:
        super().__init__({"reason": _("Write why you chose another payer than the suggested one.")}, code="reason")


class CounterEntry(ValidationError):
    """The entry takes another back, so whoever paid for that one pays for it."""

    def __init__(self) -> None:
        super().__init__(_("A counter-entry keeps the payer of the entry that it takes back."), code="counter")


class ClosedPeriod(ValidationError):
    """The support lies in a closed period."""

    def __init__(self) -> None:
        super().__init__(
            _("The period of this support is closed: its payer can change only by correcting the support."),
            code="closed",
        )


@contextmanager
def in_words() -> Iterator[None]:
    """Turns what the database refuses into ValidationError."""
    try:
        yield
    except IntegrityError as error:
        raise _refusal(error) from error


def _refusal(error: IntegrityError) -> ValidationError:
    constraint = constraint_of(error)
    if constraint == "ledger_period_closed":
        return ClosedPeriod()
    if constraint in ("funding_allocation_pkey", "funding_resultallocation_pkey"):
        return PaidAlready()
    if constraint == "programme_key_once":
        return ValidationError({"key": _("A programme with this key exists already.")})
    if constraint == "target_rule_one_a_day":
        return ValidationError({"valid_from": _("Another rule is in force on some of these days.")})
    if constraint == "indicator_code_once":
        return ValidationError({"code": _("This programme has an indicator with this code already.")})
    return ValidationError(
        _("Something changed while you were writing. Nothing was saved; look again and repeat."), code="changed"
    )
