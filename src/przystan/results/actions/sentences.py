"""What can be wrong with a result, in sentences."""

from django.utils.translation import gettext as _

from ..rules import Flaw


def sentence(flaw: Flaw) -> str:
    """A flaw in words."""
    return {
        Flaw.FUTURE: _("This day has not come yet. Note a result after it was reached."),
        Flaw.NO_PERSON: _("This is a result of a person: choose the person."),
        Flaw.NEEDLESS_PERSON: _("This is no result of a person. Choose another kind, or leave the person out."),
        Flaw.NO_INSTITUTION: _("This is a result of an institution: choose the institution."),
        Flaw.NEEDLESS_INSTITUTION: _("This is no result of an institution. Leave the institution out."),
        Flaw.NO_LEVEL: _("Choose the level that was reached."),
        Flaw.UNKNOWN_LEVEL: _("Choose a level of this scale."),
        Flaw.NOT_HIGHER: _("The level now must be higher than the level before."),
        Flaw.NEEDLESS_LEVEL: _("This kind of result has no levels. Leave them empty."),
        Flaw.NO_MINUTES: _("Write how long it was."),
        Flaw.NEEDLESS_MINUTES: _("This kind of result has no minutes. Leave them empty."),
        Flaw.TOO_LONG: _("A day has 1440 minutes."),
        Flaw.NO_PROOF: _("This kind of result needs a proof. Choose what proves it."),
        Flaw.NOT_THEN: _("This kind of result is not noted of that day. Choose another day, or another kind."),
    }[flaw]
