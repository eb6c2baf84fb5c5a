"""Which facts the rules of one customer speak of, and how they are told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from .facts import Fact
from .trees import Rule, parse
from .words import Frame


@cache
def declared() -> tuple[Fact, ...]:
    """The facts of all installed modules, of the lowest module first."""
    names = [app.name for app in apps.get_app_configs() if app.name.startswith("przystan.")]
    modules = [import_module(f"{name}.facts") for name in reversed(names) if _has_facts(name)]
    return tuple(fact for module in modules for fact in getattr(module, "FACTS", ()))


def _has_facts(name: str) -> bool:
    return name != __package__ and find_spec(f"{name}.facts") is not None


def about(*subjects: str) -> tuple[Fact, ...]:
    """The declared facts of these subjects, in their order."""
    return tuple(fact for subject in subjects for fact in declared() if fact.of == subject)


@dataclass(frozen=True)
class Vocabulary:
    """The facts that may be asked, looked up when first needed, and the sentences around them."""

    frame: Frame
    found: Callable[[], Iterable[Fact]]

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """Code -> fact, in the order in which the editor offers them."""
        return {fact.code: fact for fact in self.found()}

    def parse(self, tree: object) -> Rule:
        """The rule that a JSON tree means; RuleError with the path of the first fault."""
        return parse(tree, self.facts)
