"""Templates of every module use components that exist, with attributes and slots that they know."""

import re
from collections.abc import Iterator
from pathlib import Path

from przystan.ui.bundles import STATIC, css

UI = STATIC.parents[1]
TAG = re.compile(
    r"<c-(?P<name>[a-z][\w.-]*)(?P<attributes>(?:\s+(?:\"[^\"]*\"|'[^']*'|\{%.*?%\}|[^>\"'])*?)?)/?>", re.DOTALL
)
ATTRIBUTE = re.compile(r"(?<![\w\"'-])(:?:?[a-z][\w-]*)(?:=(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?")
# Names of things, for scripts and tests; they look like what they are inside.
UNSTYLED = {"plain", "progress-reached", "progress-open", "progress-on_way", "progress-short"}
SLOT_NAME = re.compile(r'name="(\w+)"')


def component(name: str) -> str | None:
    """Source of a component; None when there is none of that name."""
    path = UI / "templates/cotton" / f"{name.replace('.', '/').replace('-', '_')}.html"
    return path.read_text() if path.exists() else None


def declared(source: str) -> set[str]:
    found = re.search(r"<c-vars(.*?)/>", source, re.DOTALL)
    return {name.lstrip(":") for name in ATTRIBUTE.findall(found[1])} if found else set()


def used() -> Iterator[tuple[Path, str, set[str]]]:
    for path in sorted(UI.parent.glob("*/templates/**/*.html")):
        text = re.sub(r"{#.*?#}", "", path.read_text())
        for tag in TAG.finditer(text):
            attributes = re.sub(r"{%.*?%}", "x", re.sub(r"{{.*?}}", "x", tag["attributes"] or ""))
            yield path.relative_to(UI.parent), tag["name"], {one.lstrip(":") for one in ATTRIBUTE.findall(attributes)}


def test_components_are_used_as_they_were_made() -> None:
    wrong = []
    for path, name, attributes in used():
        source = component(name)
        if name in {"vars", "slot"}:
            continue
        if source is None:
            wrong.append(f"{path}: c-{name} does not exist")
        elif "as_attributes" not in source and (unknown := attributes - declared(source)):
            wrong.append(f"{path}: c-{name} has no {sorted(unknown)}")
    assert wrong == []


def test_slots_exist() -> None:
    slots = set()
    for path in (UI / "templates/cotton").glob("*.html"):
        slots |= declared(path.read_text())
    wrong = []
    for path in sorted(UI.parent.glob("*/templates/**/*.html")):
        for tag in re.findall(r"<c-slot\s[^>]*>", path.read_text()):
            wrong += [f"{path.name}: {name}" for name in SLOT_NAME.findall(tag) if name not in slots]
    assert wrong == []


def test_classes_have_styles() -> None:
    """A class that no style sheet knows is a slip, or a look that ui should offer."""
    known = set(re.findall(r"\.([a-z][\w-]*)", css())) | UNSTYLED
    wrong = {}
    for path in sorted(UI.parent.glob("*/templates/**/*.html")):
        text = re.sub(r"{%.*?%}", " ", re.sub(r"[\w-]*{{.*?}}[\w-]*", "", path.read_text()))
        names = {name for value in re.findall(r'\bclass="([^"]*)"', text) for name in value.split()}
        if unknown := {name for name in names - known if not name.endswith("-")}:
            wrong[str(path.relative_to(UI.parent))] = sorted(unknown)
    assert wrong == {}, wrong
