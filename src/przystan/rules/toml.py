"""Rules and what stands around them as readable TOML files."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from przystan.kernel import apart

READER = "przystan.rules.toml_reader"
BOUNDS = apart.Bounds(seconds=2, memory=256 * 1024**2)  # somebody waits for the page
DATED: Mapping[str, Callable[[str], Any]] = {
    "$date": date.fromisoformat,
    "$datetime": datetime.fromisoformat,
    "$time": time.fromisoformat,
}


def parsed(text: str) -> Any:
    """The data of a file, as a process apart reads it: a parser can be kept busy for hours by a short file.

    ValidationError says what is wrong.
    """
    try:
        with apart.messages(READER, None, [text.encode()], BOUNDS) as messages:
            [said] = messages
        if "refused" in said:
            raise ValidationError(_("This is not a TOML file: %(detail)s") % {"detail": said["refused"]})
        return _dated_again(said["data"])
    except (apart.Ended, KeyError, TypeError, ValueError, RecursionError) as error:
        raise ValidationError(
            _(
                "Reading this file was given up: it takes too long, or holds what we do not understand."
                " Divide it into several."
            )
        ) from error


def _dated_again(value: Any) -> Any:
    """Dates, moments and times as they were (see `toml_reader.dated`)."""
    if isinstance(value, list):
        return [_dated_again(item) for item in value]
    if not isinstance(value, dict):
        return value
    [(name, text), *others] = value.items() or [("", None)]
    if not others and name in DATED and isinstance(text, str):
        return DATED[name](text)
    return {key: _dated_again(item) for key, item in value.items()}


def plain(value: Any) -> Any:
    """TOML's dates as ISO text, so that a rule tree can be kept as JSON."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def pairs(row: Mapping[str, Any]) -> list[str]:
    """One line for each value of a table that says something."""
    return [f"{key} = {toml(value)}" for key, value in row.items() if value not in (None, "", {})]


def toml(value: Any) -> str:
    """One value in TOML; tables inline."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    # What JSON escapes TOML escapes alike, but for the one control character that JSON lets pass.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key, ensure_ascii=False)
