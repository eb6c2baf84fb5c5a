"""Reading the TOML files that ship with a module."""

import tomllib
from importlib.resources import files
from typing import Any


def shipped(module: str, name: str) -> dict[str, Any]:
    """The parsed file `przystan/<module>/data/<name>.toml`; nothing where the module ships none."""
    file = files(f"przystan.{module}").joinpath("data", f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
