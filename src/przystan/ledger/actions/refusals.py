"""Why a ledger says no, in sentences."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _


class LoggedAlready(ValidationError):
    """The same form was sent before and is in the ledger: nothing more to do. `token` leads to the entry."""

    def __init__(self, token: UUID | None) -> None:
        super().__init__(_("This was saved already."), code="twice")
        self.token = token


class ChangedMeanwhile(ValidationError):
    """Somebody amended the entry after it was read: nothing is overwritten."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody changed this entry while you were writing. Look at both, then save again."), code="meanwhile"
        )


class ClosedPeriod(ValidationError):
    """The entry lies in a closed period."""

    def __init__(self) -> None:
        super().__init__(
            _("The period of this entry is closed: it can be corrected, not changed. Choose “Correct”."), code="closed"
        )


@contextmanager
def in_words(token: UUID | None = None) -> Iterator[None]:
    """Turns what the database refuses into ValidationError."""
    try:
        yield
    except IntegrityError as error:
        raise _refusal(constraint_of(error), token) from error


def constraint_of(error: IntegrityError) -> str:
    """The name of the constraint that the database held against us; "" where it names none."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", "") or "")


def _refusal(constraint: str, token: UUID | None) -> ValidationError:
    if constraint == "ledger_period_closed":
        return ClosedPeriod()
    if "form_token" in constraint:
        return LoggedAlready(token)
    if "reverses" in constraint:
        return ValidationError(_("This entry was corrected already."), code="corrected")
    if constraint == "ledger_period_closed_once":
        return ValidationError(_("Some of these days are closed already."), code="overlap")
    return ValidationError(
        _("Something changed while you were writing. Nothing was saved; look again and repeat."), code="changed"
    )
