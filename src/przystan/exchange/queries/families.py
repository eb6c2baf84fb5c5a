"""The families of a file, in words: with whom somebody belongs together, and who keeps house with others already."""

from collections.abc import Mapping, Sequence
from typing import Any

from przystan.access.actors import Actor
from przystan.people.enums import FamilyRole
from przystan.people.models import HouseholdMember, Person

from ..enums import Decision
from ..models import ImportBatch, ImportRow
from ..wording import field_word
from .understood import Said

Entry = Mapping[str, Any]


def family_words(batch: ImportBatch, entries: Mapping[int, tuple[str, Entry]]) -> dict[int, list[Said]]:
    """For each row that is one of a family, by its id: the others, and what it is in it. `entries`: label and entry."""
    families = [entry["family"] for _label, entry in entries.values() if "family" in entry]
    called = _called(batch, {label for family in families for label in family}) if families else {}
    return {pk: _said(batch, label, entry, called) for pk, (label, entry) in entries.items() if "family" in entry}


def _called(batch: ImportBatch, labels: set[str]) -> dict[str, str]:
    rows = batch.rows.filter(number__in={int(label.partition(".")[0]) for label in labels}).order_by("number", "part")
    return {row.label: row.entry["names"][0]["text"] for row in rows.only("number", "part", "entry") if _name(row)}


def _name(row: ImportRow) -> bool:
    return bool(row.entry.get("names"))


def _said(batch: ImportBatch, label: str, entry: Entry, called: Mapping[str, str]) -> list[Said]:
    others = [f"{called[one]} ({one})" for one in entry["family"] if one != label and one in called]
    said = [Said(field_word(batch.kind, "relatives"), ", ".join(others))] if others else []
    if role := entry.get("family_role"):
        said.append(Said(field_word(batch.kind, "family_role"), str(FamilyRole(role).label)))
    return said


def at_home(actor: Actor, rows: Sequence[ImportRow]) -> set[str]:
    """References of known people whom rows put into a family, and who keep house with somebody by the register."""
    refs = {row.chosen for row in rows if row.decision == Decision.SAME and "family" in row.entry}
    people = Person.objects.seen_by(actor).filter(ref__in=refs)
    members = HouseholdMember.objects.filter(person__in=people, valid_to__isnull=True)
    return set(members.values_list("person__ref", flat=True))
