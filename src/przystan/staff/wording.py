"""Decisions about people who work here in words, in the language of the page."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from przystan.reference.cldr import country_name
from przystan.ui.templatetags.ui import day

from .rules.gate import Decision, Reason, Verdict, Why

Kinds = Mapping[str, object]  # code -> what prints its name

VERDICTS: dict[Verdict, str | Promise] = {
    Verdict.MAY: gettext_lazy("may"),
    Verdict.MAY_NOT: gettext_lazy("may not"),
    Verdict.NOT_KNOWN: gettext_lazy("not known"),
}
TONES = {Verdict.MAY: "good", Verdict.MAY_NOT: "bad", Verdict.NOT_KNOWN: "wait"}


def reason(found: Reason, kinds: Kinds) -> str:
    """One sentence: what is missing, and until when what was there held."""
    what = kind_in_words(found.kind, found.country, kinds)
    match found.why, found.day:
        case Why.NO_AGREEMENT, _any:
            return _("There is no agreement.")
        case Why.ENDED, last:
            return _("The last agreement ended on %(day)s.") % {"day": day(last)}
        case Why.NOT_BEGUN, first:
            return _("The agreement begins only on %(day)s.") % {"day": day(first)}
        case Why.UNWRITTEN, last:
            return _("The agreement had to be in writing after %(day)s, and is not.") % {"day": day(last)}
        case Why.RAN_OUT, last:
            return _("%(what)s: held until %(day)s.") % {"what": what, "day": day(last)}
        case Why.LATER, first:
            return _("%(what)s: there is one only from %(day)s on.") % {"what": what, "day": day(first)}
        case Why.FOUND, _any:
            return _("%(what)s: it stands in the way of this work.") % {"what": what}
        case Why.WAITING, since:
            return _("%(what)s: asked for on %(day)s, no answer yet.") % {"what": what, "day": day(since)}
        case Why.COUNTRIES, None:
            return _("Nobody has asked whose citizen they are and where they lived.")
        case Why.COUNTRIES, since:
            return _("Whose citizen they are and where they lived is known only since %(day)s.") % {"day": day(since)}
    return _("%(what)s: missing.") % {"what": what}


def kind_in_words(code: str, country: str, kinds: Kinds) -> str:
    """The name of a kind of proof, and of which country."""
    name = str(kinds.get(code, code))
    return f"{name} ({country_name(country)})" if country else name


def holding(kind: str, country: str, until: object, kinds: Kinds) -> str:
    """What is there, and until when."""
    what = kind_in_words(kind, country, kinds)
    return (
        _("%(what)s: holds until %(day)s.") % {"what": what, "day": day(until)}
        if until
        else _("%(what)s: there.") % {"what": what}
    )


def sentences(decision: Decision, kinds: Kinds) -> list[str]:
    """Why not, or until when."""
    if decision.may and decision.until:
        return [_("As far as is written down, until %(day)s.") % {"day": day(decision.until)}]
    return [reason(one, kinds) for one in decision.reasons]
