"""Why the ledger says no, in sentences."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from ..rules import Flaw


class LoggedAlready(ValidationError):
    """The same form was sent before and is in the ledger: nothing more to do. `token` leads to the entry."""

    def __init__(self, token: UUID | None) -> None:
        super().__init__(_("This was saved already."), code="twice")
        self.token = token


class ChangedMeanwhile(ValidationError):
    """Somebody amended the entry after it was read: nothing is overwritten."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody changed this support while you were writing. Look at both, then save again."), code="meanwhile"
        )


class ClosedPeriod(ValidationError):
    """The entry lies in a closed period."""

    def __init__(self) -> None:
        super().__init__(
            _("The period of this entry is closed: it can be corrected, not changed. Choose “Correct”."), code="closed"
        )


def sentence(flaw: Flaw) -> str:
    """A flaw in words."""
    return {
        Flaw.FUTURE: _("This day has not come yet. Log support after it was given."),
        Flaw.NEGATIVE: _("Minutes cannot be less than zero."),
        Flaw.MORE_THAN_A_DAY: _("A day has 1440 minutes."),
        Flaw.TOPICS_LONGER: _("The topics together took longer than the whole support. Check the minutes."),
        Flaw.NOBODY: _("Say who received it: choose at least one person."),
        Flaw.TOO_MANY: _("That is more than 2000 people. Check the number."),
        Flaw.ANONYMOUS_NAMED: _("An anonymous contact has no names. Log a support for a named person."),
        Flaw.STEP_WITHOUT_WORDS: _("Write what the next step is, or leave its day empty."),
        Flaw.STEP_TOO_EARLY: _("The next step cannot be due before the day of the support."),
    }[flaw]


@contextmanager
def in_words(token: UUID | None = None) -> Iterator[None]:
    """Turns what the database refuses into ValidationError."""
    try:
        yield
    except IntegrityError as error:
        raise _refusal(_constraint(error), token) from error


def _constraint(error: IntegrityError) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", "") or "")


def _refusal(constraint: str, token: UUID | None) -> ValidationError:
    if constraint == "support_period_closed":
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
