"""Why a person is offered as the one looked for, in words that a colleague would use."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    "same_text": _("same spelling"),
    "same_sound": _("sounds the same"),
    "other_script": _("sounds the same in another script"),
    "similar": _("sounds similar"),
    "order_swapped": _("words in another order"),
    "partial": _("part of the name"),
    "typo": _("one letter differs"),
    "patronymic_missing": _("the father's name is missing in one of them"),
    "name_missing": _("one name is missing in one of them"),
    "initial": _("initials"),
    "nickname": _("short form of the name"),
    "feminine": _("woman's and man's form of the family name"),
    "phone": _("same phone number"),
    "phone_end": _("phone number ends the same"),
    "birth": _("same birth date"),
    "birth_year": _("birth date may be the same"),
    "birth_differs": _("another birth date"),
    "reference": _("same reference"),
}


def reason(code: str) -> str | Promise:
    """The words for a reason; an unknown code is left out of sight as "similar name"."""
    return REASONS.get(code, _("similar name"))
