"""What can be wrong with a support, in sentences."""

from django.utils.translation import gettext as _

from ..rules import Flaw


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
