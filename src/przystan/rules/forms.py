"""The rule editor's form: a tree of groups and conditions that travels with every click, so nothing is kept between.

Names of inputs are paths: "0" is the outermost group, "0.2" its third part; "0:kind", "0.2:in", "0.2:at_least".
Which buttons do what: "add:0" (with "0:fact"), "group:0", "remove:0.2".
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise

from .facts import Fact, ValueKind
from .trees import All, AnyOf, Not, Rule, dump

KINDS = ("all", "any", "none")
DEEPEST, MOST = 6, 60
Facts = Mapping[str, Fact]  # those that may be asked, by code


@dataclass
class Twig:
    """A condition as it stands in the form: perhaps not yet complete."""

    fact: Fact
    asked: dict[str, Any] = field(default_factory=dict)
    path: str = ""
    choices: list[tuple[str, str, bool]] = field(default_factory=list)
    is_group = False

    @property
    def kind(self) -> str:
        return self.fact.kind.value

    @property
    def label(self) -> str | Promise:
        return self.fact.label

    @property
    def ends(self) -> dict[str, str]:
        """What the inputs of a number or a day show."""
        return {end: str(self.asked.get(end, "")) for end in ("at_least", "at_most", "from", "to")}

    def tree(self) -> dict[str, Any]:
        return {"fact": self.fact.code, **self.asked}


@dataclass
class Branch:
    """All, any or none of its parts."""

    kind: str
    parts: list["Branch | Twig"] = field(default_factory=list)
    path: str = "0"
    is_group = True

    def tree(self) -> dict[str, Any]:
        parts = [part.tree() for part in self.parts]
        if self.kind != "none":
            return {self.kind: parts}
        return {"not": parts[0] if len(parts) == 1 else {"any": parts}}

    def shape(self) -> dict[str, Any]:
        """What the hidden field keeps: the form of the tree, without the values."""
        return {
            "kind": self.kind,
            "parts": [part.shape() if isinstance(part, Branch) else part.fact.code for part in self.parts],
        }

    def shape_text(self) -> str:
        return json.dumps(self.shape())


def from_rule(rule: Rule) -> Branch:
    """The form of a rule that is in force."""
    node = _node(rule)
    return _placed(node if isinstance(node, Branch) else Branch("all", [node]))


def _node(rule: Rule) -> Branch | Twig:
    match rule:
        case All(parts):
            return Branch("all", [_node(part) for part in parts])
        case AnyOf(parts):
            return Branch("any", [_node(part) for part in parts])
        case Not(AnyOf(parts)) if len(parts) != 1:
            return Branch("none", [_node(part) for part in parts])
        case Not(part):
            return Branch("none", [_node(part)])
        case leaf:
            tree = dump(leaf)
            return Twig(leaf.fact, {key: value for key, value in tree.items() if key != "fact"})


def _placed(branch: Branch) -> Branch:
    """Give every part its path."""
    for at, part in enumerate(branch.parts):
        part.path = f"{branch.path}.{at}"
        if isinstance(part, Branch):
            _placed(part)
    return branch


def from_post(data: MultiValueDict[str, str], facts: Facts) -> Branch:
    """The tree as it was sent, changed by the button that sent it. What cannot be read becomes "everyone"."""
    try:
        shape = json.loads(data.get("shape", ""))
    except (ValueError, RecursionError):
        shape = {}
    root = _sent(shape if isinstance(shape, dict) else {}, "0", data, facts)
    _press(root, data.get("do", ""), data, facts)
    return _placed(root)


def _sent(shape: Mapping[str, Any], path: str, data: MultiValueDict[str, str], facts: Facts, depth: int = 0) -> Branch:
    kind = data.get(f"{path}:kind", shape.get("kind"))
    branch = Branch(kind if kind in KINDS else "all", path=path)
    parts = shape.get("parts")
    for at, part in enumerate(parts[:MOST] if isinstance(parts, list) and depth < DEEPEST else []):
        below = f"{path}.{at}"
        if isinstance(part, dict):
            branch.parts.append(_sent(part, below, data, facts, depth + 1))
        elif isinstance(part, str) and (fact := facts.get(part)):
            branch.parts.append(Twig(fact, _asked(fact, below, data), below))
    return branch


def _asked(fact: Fact, path: str, data: MultiValueDict[str, str]) -> dict[str, Any]:
    """What a condition's inputs ask for; empty ones are left out, so that `parse` can say what is missing."""
    match fact.kind:
        case ValueKind.CODES:
            codes = [code for code in data.getlist(f"{path}:in") if code]
            return {"in": codes}
        case ValueKind.YES_NO:
            return {"is": data.get(f"{path}:is") != "no"}
        case ValueKind.NUMBER:
            return {end: _number(text) for end in ("at_least", "at_most") if (text := _text(data, path, end))}
        case _:
            return {end: text for end in ("from", "to") if (text := _text(data, path, end))}


def _text(data: MultiValueDict[str, str], path: str, end: str) -> str:
    return str(data.get(f"{path}:{end}", "")).strip()


def _number(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else text


def _press(root: Branch, button: str, data: MultiValueDict[str, str], facts: Facts) -> None:
    """Do what the pressed button says; an unknown one does nothing."""
    word, _, path = button.partition(":")
    steps = [int(step) for step in path.split(".")[1:] if step.isdigit()]
    if word == "remove" and steps:
        above = _find(root, steps[:-1])
        if above and steps[-1] < len(above.parts):
            del above.parts[steps[-1]]
        return
    group = _find(root, steps)
    if group is None or len(group.parts) >= MOST:
        return
    fact = facts.get(str(data.get(f"{path}:fact", "")))
    if word == "add" and fact:
        group.parts.append(Twig(fact, {"is": True} if fact.kind == ValueKind.YES_NO else {}))
    elif word == "group" and len(steps) < DEEPEST - 1:
        group.parts.append(Branch("any"))


def node_at(root: Branch, path: str) -> Branch | Twig:
    """The part of the form that a path of `RuleError` leads to ("all.2.not"), or the group that it stands in."""
    here: Branch | Twig = root
    for step in path.split("."):
        if not isinstance(here, Branch):
            return here
        if step == "not" and len(here.parts) == 1:
            here = here.parts[0]
        elif step.isdigit() and int(step) <= len(here.parts):
            here = here.parts[int(step) - 1]
    return here


def _find(root: Branch, steps: list[int]) -> Branch | None:
    here: Branch | Twig = root
    for step in steps:
        if not isinstance(here, Branch) or step >= len(here.parts):
            return None
        here = here.parts[step]
    return here if isinstance(here, Branch) else None
