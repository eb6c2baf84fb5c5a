"""What the roles of people in one family (values of `enums.FamilyRole`) say of each other: the mother of a child, the
wife of whoever asked for help. Roles in a household and kinds of relations are values of `enums`, too."""

from collections.abc import Iterator, Mapping
from typing import Final

CHILDREN: Final = frozenset({"child", "son", "daughter"})
PARTNERS: Final = frozenset({"partner", "husband", "wife"})
PAIR: Final = ["husband", "wife"]
RAISING: Final[Mapping[str, str]] = {"mother": "parent", "father": "parent", "guardian": "guardian"}
# What somebody in this role is to the one who heads the family.
TO_HEAD: Final[Mapping[str, str]] = {
    **dict.fromkeys(PARTNERS, "partner"),
    **RAISING,
    "sibling": "sibling",
    "relative": "other",
}
SEX: Final[Mapping[str, str]] = {
    **dict.fromkeys(("husband", "father", "son"), "male"),
    **dict.fromkeys(("wife", "mother", "daughter"), "female"),
}
Tie = tuple[int, int, str]  # the first is the kind of relation of the second


def household_roles(roles: Mapping[int, str]) -> dict[int, str]:
    """Person -> role in the household, from the roles in the family ("" where nobody said one)."""
    headed = "head" in roles.values()
    return {person: _household_role(role, headed) for person, role in roles.items()}


def _household_role(role: str, headed: bool) -> str:
    if role in CHILDREN:
        return "child"
    if role in PARTNERS:
        return "partner"
    if role == "head" or (role in RAISING and not headed):
        return "head"
    return "relative" if role in TO_HEAD else "other"


def ties(roles: Mapping[int, str]) -> list[Tie]:
    """Who is what to whom, as far as the roles say it: all of them are about the head where there is one; else a
    mother, father or guardian is so of the children, and husband and wife are each other's."""
    head = next((person for person, role in roles.items() if role == "head"), None)
    return list(_without_head(roles) if head is None else _to_head(head, roles))


def _to_head(head: int, roles: Mapping[int, str]) -> Iterator[Tie]:
    for person, role in roles.items():
        if role in CHILDREN:
            yield head, person, "parent"
        elif role in TO_HEAD:
            yield person, head, TO_HEAD[role]


def _without_head(roles: Mapping[int, str]) -> Iterator[Tie]:
    children = [person for person, role in roles.items() if role in CHILDREN]
    for person, role in roles.items():
        yield from ((person, child, RAISING[role]) for child in children if role in RAISING)
    pair = [person for person, role in roles.items() if role in PAIR]
    if sorted(roles[person] for person in pair) == PAIR:
        yield pair[0], pair[1], "partner"
