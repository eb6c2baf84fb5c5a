"""Somebody who subtracts: chooses days, conditions and rows freely, and knows who is on every list by name.

It believes nothing that is not certain: from each number it bounds how many of the people on the matching list have
the fact, and draws what follows for single persons, also from differences of two lists.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

Fact = str
Answer = tuple[frozenset[int], dict[Fact, int]]  # who is on the list; how many of them have each fact


@dataclass
class Attacker:
    """`known`: facts of people whom the actor may read anyway. `learned`: (person, fact) -> whether it holds."""

    known: dict[tuple[int, Fact], bool] = field(default_factory=dict)
    learned: dict[tuple[int, Fact], bool] = field(default_factory=dict)
    _sums: dict[Fact, dict[frozenset[int], int]] = field(default_factory=dict)

    def hear(self, answer: Answer) -> None:
        """One list with numbers of the same people."""
        listed, numbers = answer
        for fact, count in numbers.items():
            self._add(fact, listed, count)

    def _add(self, fact: Fact, people: frozenset[int], count: int) -> None:
        """Without whom it knows already; then alone, and against what it heard before."""
        for person in people:
            truth = self._truth(person, fact)
            if truth is not None:
                people, count = people - {person}, count - truth
        self._conclude(fact, people, count)
        sums = self._sums.setdefault(fact, {})
        for others, number in list(sums.items())[-400:]:
            if others < people:
                self._conclude(fact, people - others, count - number)
            elif people < others:
                self._conclude(fact, others - people, number - count)
        if people:
            sums.setdefault(people, count)

    def _truth(self, person: int, fact: Fact) -> bool | None:
        return self.known.get((person, fact), self.learned.get((person, fact)))

    def _conclude(self, fact: Fact, people: Collection[int], count: int) -> None:
        if len(people) == 1 or count in (0, len(people)):
            for person in people:
                self.learned.setdefault((person, fact), count > 0)
