"""Reading the TOML files that ship with a module."""

import tomllib
from importlib.resources import files
from typing import Any


def shipped(module: str, name: str) -> dict[str, Any]:
    """The parsed file `przystan/<module>/data/<name>.toml`."""
    return tomllib.loads(files(f"przystan.{module}").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))
