"""Every address says what it asks for, and none is named by a module below its own."""

import re
import tomllib

from django.urls import get_resolver

from przystan.access.addresses import named, policy
from przystan.project.cluster import PACKAGE


def test_every_address_says_who_may_open_it() -> None:
    silent = sorted({name for name, _ in named()} - set(policy()))
    assert silent == [], (
        "an address of ours is made by `page(route, view, right, name)` in its module's urls.py;"
        " one of a library is named in project/urls.py with what it asks for"
    )


CONTRACTS = tomllib.loads((PACKAGE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
    "contracts"
]
LAYERS = next(one["layers"] for one in CONTRACTS if one["containers"] == ["przystan"])  # from the highest
LAYER = {module.strip(): level for level, row in enumerate(LAYERS) for module in row.split("|")}
HOLDS = {"keys": "access"}  # namespace -> module, where they differ
NAMED = re.compile(r"""["']([a-z_]+):[a-z_]+["']""")


def known(module: str) -> set[str]:
    """Modules whose addresses this one may name."""
    return {other for other in LAYER if other == module or LAYER[other] > LAYER[module]}


def test_no_module_names_an_address_above_it() -> None:
    spaces = {HOLDS.get(space, space): space for space in get_resolver().namespace_dict}
    upward = []
    for module in LAYER:
        root = PACKAGE / module
        files = [file for file in root.rglob("*") if file.suffix in (".py", ".html") and "migrations" not in file.parts]
        for file in files:
            named = {HOLDS.get(space, space) for space in NAMED.findall(file.read_text(encoding="utf-8"))}
            upward += [f"{file.relative_to(root.parent)}: {name}" for name in (named & set(spaces)) - known(module)]
    assert upward == [], "lead there by {% way %} or way(): the module above declares it in its module.py, under ways"
