"""What is wrong with the rows of a TOML file, in sentences that name the place.

A table is described as name -> check of its value.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any, TypeGuard

from django.conf import settings
from django.utils.translation import gettext as _

from .labels import Labels, unknown_codes
from .toml import plain
from .trees import RuleError
from .words import rule_error, unknown_code

Check = Callable[[Any], bool]
Row = Mapping[str, Any]
SMALL, GREAT = 32_767, 2_147_483_647  # the greatest numbers that small and ordinary columns hold


def text(most: int) -> Check:
    """A text of at most so many characters."""
    return lambda value: isinstance(value, str) and len(value) <= most and "\x00" not in value


def whole(most: int) -> Check:
    """A whole number from 0 on."""
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def day(value: Any) -> bool:
    """A day; a moment is none."""
    return type(value) is date


def flag(value: Any) -> bool:
    """True or false."""
    return isinstance(value, bool)


def slug(value: Any) -> bool:
    """A short key."""
    return isinstance(value, str) and bool(re.fullmatch(r"[-a-zA-Z0-9_]{1,60}", value))


def texts(value: Any) -> bool:
    """A list of texts."""
    return isinstance(value, list) and all(map(text(1000), value))


def each(check: Check) -> Check:
    """A text, or the like, for each language."""
    return lambda value: isinstance(value, dict) and all(map(check, value.values()))


def names(value: Any) -> bool:
    """A name in at least one language of ours."""
    return each(text(200))(value) and any(value.get(code) for code, _name in settings.LANGUAGES)


def tables(value: Any) -> TypeGuard[list[dict[str, Any]]]:
    """A list of tables."""
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def anything(value: Any) -> bool:
    """What is checked by something else, such as a tree."""
    return True


DATED: dict[str, Check] = {"valid_from": day, "valid_to": day, "source": text(300)}
RULE: dict[str, Check] = DATED | {"tree": anything}


def shape(row: Row, checks: Mapping[str, Check]) -> Iterator[str]:
    """What is wrong with the names and values of a table."""
    for name, value in row.items():
        if name not in checks:
            yield unknown(name)
        elif not checks[name](value):
            yield _("“%(name)s” has the wrong shape") % {"name": name}


def tree(value: Any, labels: Labels) -> Iterator[str]:
    """What is wrong with a rule tree."""
    try:
        rule = labels.vocabulary.parse(plain(value))
    except RuleError as error:
        yield rule_error(error)
    else:
        yield from (unknown_code(fact, code) for fact, code in unknown_codes(rule, labels))


def dated_rules(rows: list[dict[str, Any]]) -> Iterator[str]:
    """What is wrong with the days of rules that stand well alone: one is in force at a time."""
    days = [(one.get("valid_from"), one.get("valid_to")) for one in rows]
    if all(first is None or day(first) for first, _last in days) and _overlap(days):
        yield _("Another rule is in force on some of these days.")


def _overlap(days: list[tuple[Any, Any]]) -> bool:
    spans = sorted((first or date.min, last or date.max) for first, last in days)
    return any(following <= last for (_first, last), (following, _end) in pairwise(spans))


def in_order(first: Any, last: Any) -> Iterator[str]:
    """What is wrong with a first and a last day."""
    if first and last and first > last:
        yield _("The first day must not be after the last.")


def unknown(name: str) -> str:
    """For a word that means nothing here."""
    return _("“%(name)s” is not known") % {"name": name}


def at(place: str, fault: str) -> str:
    """A fault and where it is: "programme 2: ..."."""
    return _("%(place)s: %(fault)s") % {"place": place, "fault": fault}
