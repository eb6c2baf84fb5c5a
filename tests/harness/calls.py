"""Which function calls which, read from the sources: exact where a function is called by a name that is imported."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from przystan.project.cluster import PACKAGE


@dataclass
class Source:
    """A file as Python sees it. `names`: what a word in it stands for ("audit": "przystan.access.audit").

    `values`: what the words are that stand at its left edge (`KINDS = {...}`).
    """

    dotted: str
    path: Path
    tree: ast.Module
    names: dict[str, str] = field(default_factory=dict)
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    values: dict[str, ast.expr] = field(default_factory=dict)

    def __post_init__(self) -> None:
        package = self.dotted.split(".") if self.path.name == "__init__.py" else self.dotted.split(".")[:-1]
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                self.names |= {alias.asname or alias.name: alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                base = package[: len(package) - node.level + 1] if node.level else []
                start = ".".join([*base, *([node.module] if node.module else [])])
                self.names |= {alias.asname or alias.name: f"{start}.{alias.name}" for alias in node.names}
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef):
                self.functions[node.name] = node
                self.names[node.name] = f"{self.dotted}.{node.name}"
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                self.values[node.targets[0].id] = node.value
                self.names[node.targets[0].id] = f"{self.dotted}.{node.targets[0].id}"

    def called(self, function: ast.FunctionDef) -> Iterator[tuple[str, ast.Call]]:
        """What it calls, by the name that the call has in the product ("by.require" stays as it is)."""
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                yield self.whole(node.func), node

    def named(self, word: str) -> Iterator[str]:
        """Everything that a function of it, or one of its values, names: called, passed on, or only there."""
        body = self.functions.get(word) or self.values.get(word)
        for node in ast.walk(body) if body else ():
            if isinstance(node, ast.Name | ast.Attribute):
                yield self.whole(node)

    def whole(self, node: ast.expr) -> str:
        first, _, rest = ast.unparse(node).partition(".")
        return defined_as(".".join(part for part in (self.names.get(first, first), rest) if part))


@cache
def sources() -> dict[str, Source]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            dotted = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
            found[dotted] = Source(dotted, path, ast.parse(path.read_text()))
    return found


def defined_as(name: str) -> str:
    """Where a function is written that a package's `__init__` passes on."""
    module, _, word = name.rpartition(".")
    source = sources().get(module)
    if source and word not in source.functions and word in source.names and source.names[word] != name:
        return defined_as(source.names[word])
    return name


@cache
def named(name: str) -> frozenset[str]:
    """What a function or value names, by the names of the product."""
    module, _, word = name.rpartition(".")
    source = sources().get(module)
    return frozenset(source.named(word)) if source else frozenset()


def behind(name: str, beyond: Callable[[str], bool] = lambda name: True) -> set[str]:
    """A function, all that it names, and all that those name in turn, as far as `beyond` lets it go on."""
    found, waiting = {name}, [name]
    while waiting:
        new = named(waiting.pop()) - found
        found |= new
        waiting += [one for one in new if beyond(one)]
    return found


@cache
def reached(name: str) -> frozenset[str]:
    """Everything that a function calls, and what those call."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for called in _calls(waiting.pop()):
            if called not in found:
                found.add(called)
                waiting.append(called)
    return frozenset(found)


@cache
def _calls(name: str) -> frozenset[str]:
    module, _, word = name.rpartition(".")
    source = sources().get(module)
    if not source or word not in source.functions:
        return frozenset()
    return frozenset(called for called, _node in source.called(source.functions[word]))


def actions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every function of the modules' `actions` that somebody does: it has `by`, and a name for others."""
    for dotted, source in sources().items():
        if "actions" in dotted.split(".")[2:3]:
            for name, node in source.functions.items():
                if not name.startswith("_") and "by" in {argument.arg for argument in node.args.kwonlyargs}:
                    yield f"{dotted}.{name}", node
