"""Target-group rules: a tree of conditions on facts of one day, decided in three values. Plain Python.

A tree is kept as JSON: {"all": [...]}, {"any": [...]}, {"not": {...}}, or a condition such as
{"fact": "age", "at_least": 18}. `parse` reads it, `decide` answers for one case and says why;
`funding.queries.sql` answers for sets. Both must always agree (tests/funding/test_agreement.py).
"""

from .citizenship import CLASSES, Membership, class_of
from .decide import Because, Verdict, decide, every, reasons
from .facts import Facts, Held, Household, Span, Title
from .tree import FACTS, All, Among, AnyOf, Between, Is, Kind, Leaf, Not, Rule, RuleError, Within, dump, parse

EVERYONE = All(())

__all__ = [
    "CLASSES",
    "EVERYONE",
    "FACTS",
    "All",
    "Among",
    "AnyOf",
    "Because",
    "Between",
    "Facts",
    "Held",
    "Household",
    "Is",
    "Kind",
    "Leaf",
    "Membership",
    "Not",
    "Rule",
    "RuleError",
    "Span",
    "Title",
    "Verdict",
    "Within",
    "class_of",
    "decide",
    "dump",
    "every",
    "parse",
    "reasons",
]
