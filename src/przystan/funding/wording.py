"""Why a programme pays or does not, in the words of the user's language."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from przystan.results.models import ResultKind
from przystan.support.models import Service

from .enums import LimitKind


def paid_outside(funder: str) -> str:
    """The reason of a payer whose money does not go through the centre."""
    return _("paid by %(funder)s outside the centre; not counted here") % {"funder": funder}


def not_offered(of: Service | ResultKind, *, idle: bool = False) -> str:
    """The reason of a programme without this service, or (`idle`) any; or whose indicators count no such result."""
    if isinstance(of, ResultKind):
        return _("no indicator of this programme counts: %(kind)s") % {"kind": of}
    if idle:
        return _("nobody has chosen yet for which services it pays")
    return _("this programme does not pay for: %(service)s") % {"service": of}


def point_outside() -> str:
    """The reason of a programme of another region."""
    return _("this point lies outside the programme's territory")


def point_without_town() -> str:
    """The reason where the town of the point was not entered."""
    return _("the town of this point is not known")


def no_rule_on(day: date) -> str:
    """The reason of a programme of which nobody wrote down whom it takes."""
    return _("nobody has written down for whom it pays on %(day)s") % {"day": date_format(day)}


def untold() -> str:
    """What stands in place of reasons for whoever may not know them."""
    return _("It depends on facts that you see when you work with the person.")


def limit_reached(kind: str, value: int) -> str:
    """The reason of a programme that has paid as much as it may."""
    match kind:
        case LimitKind.SUPPORTS_PER_PERSON:
            text = ngettext(
                "the limit is reached: %(n)d support for one person",
                "the limit is reached: %(n)d supports for one person",
                value,
            )
        case LimitKind.HOURS_PER_PERSON:
            text = ngettext(
                "the limit would be exceeded: %(n)d hour for one person",
                "the limit would be exceeded: %(n)d hours for one person",
                value,
            )
        case LimitKind.PEOPLE:
            text = ngettext(
                "the limit is reached: %(n)d person in all", "the limit is reached: %(n)d people in all", value
            )
        case _:
            text = ngettext(
                "the limit would be exceeded: %(n)d hour in all",
                "the limit would be exceeded: %(n)d hours in all",
                value,
            )
    return text % {"n": value}


def initials(name: str) -> str:
    """At most three first letters, as on a person's chip."""
    return " ".join(f"{word[0].upper()}." for word in name.split()[:3]) or _("No name")


def about(who: Sequence[str], sentence: str) -> str:
    """A sentence about some of several people, who are named by initials."""
    return _("%(who)s: %(sentence)s") % {"who": ", ".join(who), "sentence": sentence}
