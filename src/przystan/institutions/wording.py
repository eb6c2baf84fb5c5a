"""Why an institution is offered as the one looked for, in words."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    "same_words": _("same spelling"),
    "same_sound": _("sounds the same"),
    "other_script": _("sounds the same in another script"),
    "order_swapped": _("words in another order"),
    "typo": _("a letter differs"),
    "partial": _("part of its name"),
    "joined": _("words written together"),
    "other_word": _("another word differs"),
    "short": _("its abbreviation"),
    "number": _("same number"),
    "town": _("in this town"),
    "town_differs": _("in another town"),
}
DOUBTS = frozenset({"typo", "other_word", "town_differs"})  # codes that speak against


def reasons(codes: Iterable[str]) -> list[str | Promise]:
    """What speaks for it; what only people's names have is left out."""
    return [REASONS[code] for code in codes if code in REASONS and code not in DOUBTS]


def doubts(codes: Iterable[str]) -> list[str | Promise]:
    """What speaks against."""
    return [REASONS[code] for code in codes if code in DOUBTS]
