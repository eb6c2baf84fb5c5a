"""Why a person is offered as the one looked for, in words that a colleague would use."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .rules.same_person import AGAINST, SLIPS

REASONS: dict[str, str | Promise] = {
    "same_words": _("same spelling"),
    "same_sound": _("sounds the same"),
    "other_script": _("sounds the same in another script"),
    "order_swapped": _("words in another order"),
    "translated": _("another form of the same given name"),
    "feminine_ending": _("woman's and man's form of the family name"),
    "typo": _("a letter differs"),
    "initial": _("initials"),
    "patronymic_missing": _("without the father's name"),
    "partial": _("part of the name"),
    "joined": _("words written together"),
    "other_word": _("another word differs"),
    "begins": _("the name begins like this"),
    "phone": _("same phone number"),
    "phone_end": _("phone number ends the same"),
    "email": _("same e-mail address"),
    "birth": _("same birth date"),
    "birth_year": _("birth date may be the same"),
    "birth_swapped": _("day and month of birth are swapped"),
    "birth_year_off": _("born a year earlier or later"),
    "birth_digit": _("a digit of the birth date differs"),
    "birth_differs": _("another birth date"),
    "reference": _("same reference"),
    "reference_differs": _("another reference"),
    "sex_differs": _("not the same sex"),
    "other_name": _("another name"),
    "part_only": _("only a word of the name is the same"),
    "same_household": _("they live in one household"),
    "related": _("they are relatives"),
}

DOUBTS = AGAINST | SLIPS | {"typo", "other_word", "other_name", "part_only"}  # codes that speak against


def reason(code: str) -> str | Promise:
    """The words for a reason; an unknown code is left out of sight as "similar name"."""
    return REASONS.get(code, _("similar name"))


def reasons(codes: Iterable[str]) -> list[str | Promise]:
    """What speaks for a person, in words."""
    return [reason(code) for code in codes if code not in DOUBTS]


def doubts(codes: Iterable[str]) -> list[str | Promise]:
    """What speaks against, in words."""
    return [reason(code) for code in codes if code in DOUBTS]
