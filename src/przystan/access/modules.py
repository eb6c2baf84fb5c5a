"""What each module tells of itself, in its own `module.py`. The rest of the house asks here and names no module.

`docs/adding-a-module.md` walks through it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.apps import apps
from django.urls import URLResolver, include, path, reverse
from django.utils.functional import Promise

from .actors import Actor
from .addresses import named, opens, policy
from .holders import Holder
from .rights import Right
from .subjects import Subject

Words = str | Promise


@dataclass(frozen=True)
class SideLink:
    """A line of the side list: for whoever holds any of the rights; for every member of staff where none is named.

    The list goes by `place`, ascending. Tens are taken by the modules there are, so that others fit between.
    """

    label: Words
    address: str
    icon: str
    place: int
    rights: frozenset[Right] = frozenset()


@dataclass(frozen=True)
class Setting:
    """A line of the page of settings, which leads to where something of the centre is set, or of the reader (`mine`):
    for whoever holds the right; for every member of staff where none is named. It goes by `place`, ascending.
    """

    title: Words
    sentence: Words
    address: str
    icon: str
    place: int
    right: Right | None = None
    mine: bool = False


@dataclass(frozen=True)
class Part:
    """A piece of another module's page: what its template shows to an actor of what the page is about.

    `of(actor, *objects)` gives the context; None where this actor has nothing to see or to do.
    """

    of: Callable[..., Mapping[str, object] | None]
    template: str


@dataclass(frozen=True)
class Later:
    """A piece of another module's page that takes long: the page fetches it from this address when it is there."""

    address: str


@dataclass(frozen=True)
class FirstStep:
    """What a new centre does once. `address`: the page where it is done, "" on the server. Who cannot open it is not
    asked.

    `done()` is an expression over `team.Organisation`, asked of all steps in one query. The list goes by `place`.
    """

    key: str
    place: int
    right: Right
    address: str
    title: Words
    why: Words
    done: Callable[[Actor], Any]


@dataclass(frozen=True)
class Waiting:
    """A number of Today: how many of something wait for whoever holds all of these rights. It goes by `place`.

    of: rows of them, asked of all numbers in one statement. `address`: the page that lists the same rows, and `query`
    what it is asked on a day. `label`: what they are. `tone`: of a pill.
    """

    key: str
    place: int
    rights: tuple[Right, ...]
    label: Words
    of: Callable[[Actor], Any]
    address: str
    query: Callable[[date], str] = lambda day: ""
    tone: str = "wait"


@dataclass(frozen=True)
class Module:
    """What one module says.

    `at`: where the addresses of its `urls.py` begin, such as "courses/"; None where it has none of its own.
    `guide`: the page of the guide (docs/user) that tells of its screens; one that another page tells of says so in
    `urls.py`: `page(..., guide="reports")`.
    `deeds`: action as the audit log has it -> words. `jobs`: name of a task -> the purpose for which it acts.
    `ways`: pages to which lower modules lead without knowing whose they are, such as `person`.
    `parts`: pieces of other modules' pages, by their place: "today" (about nothing), "person", "report" (a programme,
    or nothing), "file" (a row of a holder). `first_steps`: what a new centre does once.
    `waiting`: numbers of Today.
    `holders`: what it keeps under a tier of its own.
    `subjects`: people of whom it keeps data, and who have rights over it (`access.subjects`).
    `links`: what somebody without an account may do for it (`links.purposes.Purpose`).
    `errands`: what takes longer than somebody waits (`errands.runners.Runner`).
    `last_days`: from a person, fields with the days of what was done for them; how long they are kept counts from the
    last of these.
    """

    at: str | None = None
    guide: str = ""
    deeds: Mapping[str, Words] = field(default_factory=dict)
    jobs: Mapping[str, str] = field(default_factory=dict)
    navigation: tuple[SideLink, ...] = ()
    settings: tuple[Setting, ...] = ()
    ways: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, tuple[Part | Later, ...]] = field(default_factory=dict)
    first_steps: tuple[FirstStep, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    holders: tuple[Holder, ...] = ()
    subjects: tuple[Subject, ...] = ()
    links: tuple[Any, ...] = ()
    errands: tuple[Any, ...] = ()
    last_days: tuple[str, ...] = ()


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
def guides() -> dict[str, str]:
    """Address -> the page of the guide that tells of it."""
    spaces = {
        import_module(f"{name}.urls").app_name: one.guide for name, one in declared().items() if one.at is not None
    }
    said = {
        name: pattern.guide or spaces.get(name.partition(":")[0], "")
        for name, pattern in named()
        if hasattr(pattern, "guide")
    }
    return {name: page for name, page in said.items() if page}


@cache
def deeds() -> dict[str, Words]:
    """Every action of the audit log in words."""
    return {action: words for module in modules() for action, words in module.deeds.items()}


@cache
def jobs() -> dict[str, str]:
    """Name of a task -> purpose, as the audit log has it."""
    return {name: purpose for module in modules() for name, purpose in module.jobs.items()}


@cache
def navigation() -> list[SideLink]:
    """The side list, from top to bottom."""
    return sorted((entry for module in modules() for entry in module.navigation), key=lambda entry: entry.place)


@cache
def settings() -> list[Setting]:
    """What is set for the centre, from top to bottom."""
    return sorted((one for module in modules() for one in module.settings), key=lambda one: one.place)


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
def parts(place: str) -> tuple[Part | Later, ...]:
    """The pieces that modules add to a page."""
    return tuple(part for module in modules() for part in module.parts.get(place, ()))


@cache
def steps() -> list[FirstStep]:
    """What a new centre does once, in order."""
    return sorted((step for module in modules() for step in module.first_steps), key=lambda step: step.place)


@cache
def waits() -> list[Waiting]:
    """What may wait for somebody, in order."""
    return sorted((one for module in modules() for one in module.waiting), key=lambda one: one.place)


@cache
def holders() -> dict[str, Holder]:
    """Label of a model -> what its module says of it: everything that is kept under a tier of its own."""
    return {one.model: one for module in modules() for one in module.holders}


@cache
def subjects() -> dict[str, Subject]:
    """Label of a model -> what its module says of it: people with rights over their data."""
    return {one.model: one for module in modules() for one in module.subjects}
