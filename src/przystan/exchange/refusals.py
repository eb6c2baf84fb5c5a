"""What the register or the ledger refuses, kept so that each reader hears it in their own language."""

import json
from collections.abc import Callable, Mapping
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation

T = TypeVar("T")


def in_each(say: Callable[[], T]) -> dict[str, T]:
    """What is said, in each language of the pages: who reads it later may be somebody else than who asked."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = say()
    return found


def refusals(attempt: Callable[[], object]) -> list[dict[str, str]]:
    """The sentences with which the register or the ledger refuses an attempt, each as {language: sentence}; none where
    it does not. It is made once in each language then: whoever refuses may have put it into words at once."""

    def sentences() -> list[str]:
        try:
            attempt()
        except ValidationError as error:
            return error.messages
        return []

    if not sentences():
        return []
    each = in_each(sentences)
    return [dict(zip(each, said, strict=True)) for said in zip(*each.values(), strict=False)]


def heard(kept: str | Mapping[str, str]) -> str:
    """A sentence kept in each language, in the reader's. Until 0.2.0 they were kept in one, and stay so."""
    if isinstance(kept, str):
        return kept
    return str(kept.get(translation.get_language() or "") or kept.get("en", ""))


def noted_refusal(error: ValidationError) -> str:
    """The refusal of a whole import as it is kept."""
    return json.dumps(in_each(lambda: " ".join(error.messages)), ensure_ascii=False)
