"""Which facts the rules of one customer speak of, and how they are told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from przystan.access.modules import each

from .facts import Fact
from .trees import Rule, parse
from .words import Frame


@cache
def declared() -> tuple[Fact, ...]:
    """The facts of all installed modules, of the lowest module first."""
    files = [file for name, file in each("facts").items() if name != __package__]
    return tuple(fact for file in reversed(files) for fact in file.FACTS)


def about(*things: str) -> tuple[Fact, ...]:
    """The declared facts about these, in their order."""
    return tuple(fact for thing in things for fact in declared() if fact.of == thing)


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
