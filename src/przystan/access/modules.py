"""What each module tells of itself, in its own `module.py`. The rest of the house asks here and names no module.

`docs/adding-a-module.md` walks through it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps
from django.urls import URLResolver, include, path, reverse
from django.utils.functional import Promise

from .actors import Actor
from .addresses import opens, policy
from .rights import Right

Words = str | Promise


@dataclass(frozen=True)
class Entry:
    """A line of the side list: for whoever holds any of the rights; for every member of staff where none is named.

    The list goes by `place`, ascending. Tens are taken by the modules there are, so that others fit between.
    """

    label: Words
    address: str
    icon: str
    place: int
    rights: frozenset[Right] = frozenset()


@dataclass(frozen=True)
class Module:
    """What one module says.

    `at`: where the addresses of its `urls.py` begin, such as "courses/"; None where it has none of its own.
    `deeds`: action as the audit log has it -> words. `jobs`: name of a task -> the purpose for which it acts.
    `ways`: pages to which lower modules lead without knowing whose they are, such as `person`.
    `parts`: what a page of another module fetches when it is there, by its place.
    """

    at: str | None = None
    deeds: Mapping[str, Words] = field(default_factory=dict)
    jobs: Mapping[str, str] = field(default_factory=dict)
    navigation: tuple[Entry, ...] = ()
    ways: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def each(file: str) -> dict[str, ModuleType]:
    """Package of each installed module -> its file of this name, where it has one. The highest module first."""
    names = [app.name for app in apps.get_app_configs() if app.name.startswith("przystan.")]
    return {name: import_module(f"{name}.{file}") for name in names if find_spec(f"{name}.{file}")}


@cache
def declared() -> dict[str, Module]:
    """Package of each installed module -> what it declares as `MODULE`."""
    return {name: file.MODULE for name, file in each("module").items()}


def modules() -> tuple[Module, ...]:
    """What the installed modules declare, the highest first."""
    return tuple(declared().values())


def addresses() -> list[URLResolver]:
    """The addresses of every module that says where they begin."""
    return [path(one.at, include(f"{name}.urls")) for name, one in declared().items() if one.at is not None]


@cache
def deeds() -> dict[str, Words]:
    """Every action of the audit log in words."""
    return {action: words for module in modules() for action, words in module.deeds.items()}


@cache
def jobs() -> dict[str, str]:
    """Name of a task -> purpose, as the audit log has it."""
    return {name: purpose for module in modules() for name, purpose in module.jobs.items()}


@cache
def navigation() -> list[Entry]:
    """The side list, from top to bottom."""
    return sorted((entry for module in modules() for entry in module.navigation), key=lambda entry: entry.place)


@cache
def ways() -> dict[str, str]:
    """Name of a way -> address."""
    return {name: address for module in modules() for name, address in module.ways.items()}


def way(name: str, *words: str) -> str:
    """The path to a page of whichever module has it: `way("person", person.ref)`. KeyError where none declares it."""
    return reverse(ways()[name], args=words)


def leads(actor: Actor, name: str) -> bool:
    """Whether a way leads the actor somewhere: whether they may open the page."""
    return opens(policy()[ways()[name]], actor)


@cache
def parts(place: str) -> tuple[str, ...]:
    """Addresses of the parts that other modules add to a page."""
    return tuple(address for module in modules() for address in module.parts.get(place, ()))
