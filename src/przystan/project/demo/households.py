"""Who comes together: single people, couples, families; ages, sexes and shared names."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from przystan.project.demo.chance import Weighted
from przystan.project.demo.names import FamilyName, FullName, new_family, new_name
from przystan.project.demo.names.stock import stocks
from przystan.project.demo.origins import INVASION

_USUAL = Weighted([("single", 58), ("couple", 12), ("family", 14), ("parent", 9), ("three", 4), ("siblings", 3)])
_FLED = Weighted([("single", 34), ("couple", 8), ("family", 12), ("parent", 30), ("three", 14), ("siblings", 2)])


@dataclass(frozen=True)
class Member:
    """Someone of a household. role: head | partner | child | relative (as in people.enums.HouseholdRole)."""

    role: str
    female: bool
    born: date
    name: FullName


def compose(rng: Random, language: str, country: str, day: date) -> list[Member]:
    """A household that comes to the centre for the first time on a day; its head first, no given name twice."""
    fled = country == "UA" and day >= INVASION
    shape = (_FLED if fled else _USUAL).pick(rng)
    female = rng.random() < (0.74 if fled else 0.5)
    head = _adult(rng, language, "head", female, day, fled)
    members = [head]
    father = head
    if shape in ("couple", "family"):
        father = _partner(rng, language, head)
        members.append(father)
    if shape in ("family", "parent", "three"):
        members += [_child(rng, language, head, father, day) for _ in range(rng.choice([1, 1, 2, 2, 3]))]
    if shape in ("three", "siblings"):
        members.append(_relative(rng, language, head, older=shape == "three"))
    return [
        member
        for at, member in enumerate(members)
        if all(member.name.given != other.name.given for other in members[:at])
    ]


def _adult(rng: Random, language: str, role: str, female: bool, day: date, fled: bool) -> Member:
    age = rng.triangular(18, 78 if fled else 66, 33)
    return Member(role, female, day - timedelta(age * 365.25), new_name(rng, language, female=female))


def _partner(rng: Random, language: str, head: Member) -> Member:
    shared = rng.random() < 0.8
    family = replace(head.name.family, father=new_family(rng, language).father) if shared else None
    born = head.born + timedelta(min(180, rng.gauss(0, 4) * 365))  # a young head's partner is an adult too
    female = not head.female
    return Member("partner", female, born, new_name(rng, language, female=female, family=family))


def _child(rng: Random, language: str, head: Member, other: Member, day: date) -> Member:
    parent_age = (day - head.born).days / 365.25
    age = rng.uniform(0, max(0.5, min(17.9, parent_age - 18)))
    family = _of_parents(head, other)
    female = rng.random() < 0.5
    return Member("child", female, day - timedelta(age * 365.25), new_name(rng, language, female=female, family=family))


def _of_parents(head: Member, other: Member) -> FamilyName:
    """The children's family name: the father's, with his name as patronymic; two-name peoples take one of each."""
    man = next((member for member in (head, other) if not member.female), None)
    if not man:
        return head.name.family
    mother = other if man is head else head
    words = man.name.family.words
    if stocks()[head.name.language].father:
        words = (man.name.given, words[0])
    elif len(words) == 2:
        words = (words[0], mother.name.family.words[0])
    return replace(man.name.family, words=words, father=man.name.given)


def _relative(rng: Random, language: str, head: Member, *, older: bool) -> Member:
    female = rng.random() < 0.65
    apart = rng.uniform(20, 28) if older else rng.uniform(-6, 6)
    born = min(head.born - timedelta(apart * 365.25), head.born + timedelta(365))
    family = None if older and rng.random() < 0.5 else head.name.family
    return Member("relative", female, born, new_name(rng, language, female=female, family=family))
