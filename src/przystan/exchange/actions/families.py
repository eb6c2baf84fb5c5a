"""Families of a file: found among its rows, written as households and relations, taken back."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from przystan.access.actors import Actor
from przystan.people.actions.completing import Addition
from przystan.people.actions.families import Written, homes_with, join_families
from przystan.people.models import HouseholdMember

from ..enums import Decision
from ..models import ImportBatch, ImportRow
from ..rules.drafts import Draft
from ..rules.families import HEAD, LARGEST, Kin, by_reference, families, roles

OF_FAMILY = ("family_number", "family_begins")  # that were read only to find families


def find_families(batch: ImportBatch, rows: Sequence[ImportRow], drafts: Sequence[Draft]) -> None:
    """Say in the entries of people of one family which rows they stand in (`family`), and what each is in it."""
    mine = [place for place, draft in enumerate(drafts) if not draft.left_out and not _is_again(rows[place])]
    begin = "family_begins" in batch.mapping.values()
    kin = [_kin(rows[place], drafts[place], begin) for place in mine]
    only = by_reference(kin)
    alone = {place for place, one in enumerate(kin) if one.role not in ("", HEAD)}
    for places in families(kin):
        alone.difference_update(places)
        there = [drafts[mine[place]] for place in places]
        if len(places) > LARGEST:
            _remark(there, "family_too_large")
            continue
        labels = [rows[mine[place]].label for place in places]
        for draft, role in zip(there, roles(places, kin).values(), strict=True):
            draft.entry |= {"family": labels} | ({"family_role": role} if role else {})
        if any(draft.entry.get("family_number") for draft in there):
            own = [drafts[mine[place]] for place in places if not rows[mine[place]].part]
            _remark([draft for draft in own if "family_number" not in draft.entry], "family_above")
        if only and len({rows[mine[place]].number for place in places}) > 1:
            _remark(there, "family_by_reference")
    _say_of_no_family(batch, [(rows[mine[place]], drafts[mine[place]]) for place in sorted(alone)])
    for draft in drafts:
        for name in OF_FAMILY:
            draft.entry.pop(name, None)


def _say_of_no_family(batch: ImportBatch, people: Sequence[tuple[ImportRow, Draft]]) -> None:
    """Of whom the file says "wife" or "son", but not of which family: it is not lost without a word."""
    column = next((int(column) for column, field in batch.mapping.items() if field == "family_role"), None)
    for row, draft in people:
        draft.remark(column, "of_no_family", row.cells[column] if column is not None else "")


def _kin(row: ImportRow, draft: Draft, begin: bool) -> Kin:
    entry = draft.entry
    begins = bool(entry.get("family_begins")) if begin else None
    role = entry.get("family_role", "") or ("head" if draft.relatives else "")
    return Kin(row.number, entry.get("family_number", ""), begins, role, entry.get("reference", ""))


def _is_again(row: ImportRow) -> bool:
    """Whether a row is about somebody of an earlier row."""
    return row.decision == Decision.SAME and row.chosen.startswith("#")


def _remark(drafts: Sequence[Draft], code: str) -> None:
    for draft in drafts:
        draft.remark(None, code)


def write_families(by: Actor, batch: ImportBatch, rows: Sequence[ImportRow]) -> None:
    """Write them for the rows that were imported; what they add to people known before is kept in their rows.

    Without `complete` nothing is added to people who are known: they are left out of their families.
    """
    made = {row.person_id for row in rows if row.made and row.person_id}
    wanted: dict[str, dict[int, str]] = {}
    for row in rows:
        if row.person_id and "family" in row.entry and (batch.complete or row.person_id in made):
            people = wanted.setdefault(row.entry["family"][0], {})
            people.setdefault(row.person_id, row.entry.get("family_role", ""))
    written = join_families(by=by, families=list(wanted.values()), made=made)
    _keep_traces(rows, written, made)


def _keep_traces(rows: Sequence[ImportRow], written: Sequence[Written], made: Collection[int]) -> None:
    """Of people known before: their place in a household, and relations to others known before. What is said of people
    whom the import made goes with them, or stays."""
    first = {row.person_id: row for row in reversed(rows) if row.person_id not in made}
    for fact in written:
        row = first.get(fact.person_id)
        if row is None or getattr(fact, "other_id", None) in made:
            continue
        kept = row.added or {**Addition().trace(), "said": {}}
        facts = [*kept["facts"], *Addition(facts=[fact]).trace()["facts"]]
        said = {name: row.entry[name] for name in ("family", "family_role") if name in row.entry}
        row.added = kept | {"facts": facts, "said": {**kept["said"], **said}}


def homes_of_batch(batch: ImportBatch) -> set[int]:
    """Households in which an import put somebody, or in which those live whom it is about."""
    return homes_with(set(batch.rows.exclude(person=None).values_list("person_id", flat=True)))


def spared(traces: Sequence[Mapping[str, Any]], staying: Collection[int]) -> list[Mapping[str, Any]]:
    """Traces without places in households of people who came with the import and stay: their family stays together."""
    homes = homes_with(staying)
    kept = HouseholdMember.objects.filter(household__in=homes).values_list("pk", flat=True)
    gone = {("people.householdmember", pk) for pk in kept}
    return [{**trace, "facts": [fact for fact in trace["facts"] if (fact[0], fact[1]) not in gone]} for trace in traces]
