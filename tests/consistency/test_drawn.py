"""The order of modules as it is drawn for people is the one that is enforced, and both name every module."""

import re
import tomllib

from przystan.project.cluster import PACKAGE

REPOSITORY = PACKAGE.parents[1]
PAGE = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
SAY = "draw it in docs/architecture.md, under The order of modules, as in pyproject.toml"


def layers() -> list[str]:
    linter = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    return next(one["layers"] for one in linter["contracts"] if one["name"] == "Modules depend downwards only")


def test_the_drawn_order_is_the_enforced_one() -> None:
    drawing = PAGE.split("```\n")[1]
    assert [re.split(r"\s{2,}", line)[0] for line in drawing.splitlines()] == layers(), SAY


def test_every_module_is_told() -> None:
    told = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))
    assert told == {name.strip() for layer in layers() for name in layer.split("|")}, SAY
