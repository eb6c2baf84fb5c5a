"""The program that reads one TOML file, alone and without rights; przystan.kernel.apart starts it for `rules.toml`.

A small file can hold a key of half a million parts, over which a parser sits for hours.
"""

import json
import tomllib
from collections.abc import Iterator
from typing import Any, BinaryIO

from przystan.kernel.apart import child


def work(order: None, file: BinaryIO) -> Iterator[dict[str, Any]]:
    """The data, or what is wrong with the file. A day is {"$date": "2026-11-30"}, moments and times likewise."""
    try:
        yield {"data": json.loads(json.dumps(tomllib.loads(file.read().decode()), default=dated))}
    except (ValueError, RecursionError) as error:
        yield {"refused": str(error)[:200]}


def dated(value: Any) -> dict[str, str]:
    """What JSON has no word for: a date, a moment, a time."""
    return {f"${type(value).__name__}": value.isoformat()}


if __name__ == "__main__":
    child.serve(work)
