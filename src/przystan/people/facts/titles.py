"""Titles to stay, and whether one of them makes the stay legal."""

# ruff: noqa: S608 (texts are put together from constants; every value is a parameter)

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from przystan.rules.facts import Fact, Fixed, Names, Rows, Tells, ValueKind
from przystan.rules.sql import At
from przystan.rules.trees import Is, Leaf
from przystan.rules.words import among, both, since, yes_no

from ..rules.known import Facts
from .rows import codes, some

TITLES = Tells("people.TitleHeld.title", "titles")
NOT_KNOWN = gettext_lazy("title to stay is not known")
UNKNOWN_TITLE = "title_class = 'unknown'"


def _title(test: str) -> str:
    """Whether the title `h` is one of those that pass: found once, not joined for every person."""
    return f"h.title_id = ANY(ARRAY(SELECT id FROM reference_residencetitle WHERE {test}))"


def _holds(at: At, test: str) -> str:
    # A title that nobody could make out says nothing about a person's stay.
    return some(at, _title(test), "people_titleheld h", "h", f" AND NOT {_title(UNKNOWN_TITLE)}")


def _legal_sql(leaf: Is, at: At) -> str:
    truth = _holds(at, "legal_stay")
    return truth if leaf.value else f"NOT {truth}"


def _legal(person: Facts, day: date) -> bool | None:
    return any(title.legal for title in person.titles) if person.titles else None


def _titles_held(leaf: Leaf, person: Facts, day: date, names: Names) -> str:
    found = [since(names(RESIDENCE_TITLE, one.code), one.since) for one in person.titles]
    return _("title to stay: %(titles)s") % {"titles": both(found)}


LEGALLY = {
    True: gettext_lazy("stays in Poland legally"),
    False: gettext_lazy("has no title that makes the stay legal"),
}
RESIDENCE_CLASS = Fact(
    code="residence_class",
    of="person",
    kind=ValueKind.CODES,
    label=gettext_lazy("Kind of title to stay"),
    tells=TITLES,
    codes=Fixed(
        {
            "temporary": gettext_lazy("temporary residence"),
            "permanent": gettext_lazy("permanent or long-term residence"),
            "protection": gettext_lazy("international protection"),
            "temporary_protection": gettext_lazy("temporary protection"),
            "applicant": gettext_lazy("applicant for protection"),
            "eu": gettext_lazy("residence of an EU citizen or their family"),
            "visa": gettext_lazy("visa"),
            "visa_free": gettext_lazy("visa-free stay"),
            "pending": gettext_lazy("application under way"),
            "return": gettext_lazy("return decision"),
            "irregular": gettext_lazy("no title to stay"),
        }
    ),
    value=lambda person, day: {title.title_class for title in person.titles},
    sql=lambda leaf, at: _holds(at, f"title_class = ANY({at.name(list(leaf.codes))})"),
    has=_titles_held,
    asks=among(pgettext_lazy("this rule covers …", "people with this kind of title to stay: %(codes)s")),
    missing=lambda person: NOT_KNOWN,
)
RESIDENCE_TITLE = Fact(
    code="residence_title",
    of="person",
    kind=ValueKind.CODES,
    label=gettext_lazy("Title to stay"),
    tells=TITLES,
    codes=Rows("SELECT code, names FROM reference_residencetitle"),
    value=lambda person, day: codes(person.titles),
    sql=lambda leaf, at: _holds(at, f"code = ANY({at.name(list(leaf.codes))})"),
    has=_titles_held,
    asks=among(pgettext_lazy("this rule covers …", "people with this title to stay: %(codes)s")),
    missing=lambda person: NOT_KNOWN,
)
LEGAL_STAY = Fact(
    code="legal_stay",
    of="person",
    kind=ValueKind.YES_NO,
    label=gettext_lazy("Legal stay"),
    tells=TITLES,
    value=_legal,
    sql=_legal_sql,
    has=lambda leaf, person, day, names: str(LEGALLY[bool(_legal(person, day))]),
    asks=yes_no(
        pgettext_lazy("this rule covers …", "people who stay in Poland legally"),
        pgettext_lazy("this rule covers …", "people without a title that makes the stay legal"),
    ),
    missing=lambda person: NOT_KNOWN,
)
