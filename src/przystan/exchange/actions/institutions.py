"""Institutions in a file: which of them are there already, adding the others, taking them back."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.institutions.actions import register
from przystan.institutions.models import Institution
from przystan.institutions.queries import Found, alike
from przystan.institutions.rules.newcomer import Called, Newcomer, Official, Place
from przystan.institutions.rules.spelling import telling

from ..enums import Decision
from ..models import ImportRow
from ..refusals import refusals
from ..rules.drafts import Draft, Problem

Entry = Mapping[str, Any]
PLAIN = ("phone", "email", "website", "note")


def newcomer(entry: Entry) -> Newcomer:
    """A row, ready to register."""
    town, contact = entry.get("town"), entry.get("contact")
    place = Place(town or "", entry.get("street", ""), entry.get("postcode", ""))
    official = Official(
        contact or "", entry.get("contact_role", ""), entry.get("contact_phone", ""), entry.get("contact_email", "")
    )
    return Newcomer(
        kind=entry["kind"],
        names=tuple(Called(**name) for name in entry["names"]),
        numbers=tuple((kind, value) for kind, value in entry.get("numbers", [])),
        places=(place,) if town else (),
        officials=(official,) if contact else (),
        languages=tuple(dict.fromkeys(entry.get("languages", []))),
        **{name: entry.get(name, "") for name in PLAIN},
    )


def offer(by: Actor, rows: Sequence[ImportRow], drafts: Sequence[Draft]) -> None:
    """A row whose institution is surely there, by its number or by name and town, is about that one; of one that may be
    there a remark says so, and it waits among the pairs once it is added. Of two such rows the later is the earlier's.
    """
    earlier: dict[str, int] = {}
    for row, draft in zip(rows, drafts, strict=True):
        row.candidates, row.decision, row.chosen = [], Decision.NEW, ""
        if draft.problems:
            continue
        found = alike(by, newcomer(draft.entry))
        row.candidates = [{"ref": one.institution.ref, "score": one.score, "codes": list(one.codes)} for one in found]
        marks = _marks(draft.entry)
        if sure := [one for one in found if _is_sure(one, draft.entry)]:
            row.decision, row.chosen = Decision.SAME, sure[0].institution.ref
        elif number := next((earlier[mark] for mark in marks if mark in earlier), None):
            row.decision, row.chosen = Decision.SAME, f"#{number}"
            row.candidates = [{"ref": row.chosen, "score": 1.0, "codes": ["same_words"]}, *row.candidates]
        elif found:
            draft.remark(None, "perhaps_listed", found[0].institution.name)
        for mark in marks:
            earlier.setdefault(mark, row.number)


def _is_sure(one: Found, entry: Entry) -> bool:
    towns = {address.town.casefold() for address in one.institution.addresses.all()}
    there = entry.get("town", "").casefold()
    same = telling(one.name) == telling(entry["names"][0]["text"])
    return "number" in one.codes or (same and towns == ({there} if there else set()))


def _marks(entry: Entry) -> list[str]:
    """What is equal in two rows about one institution. A NIP is shared by all schools of a town."""
    town = entry.get("town", "").casefold()
    numbers = [f"{kind} {value}" for kind, value in entry.get("numbers", []) if kind != "nip"]
    return [*numbers, f"{telling(entry['names'][0]['text'])} | {town}"]


def try_institutions(by: Actor, drafts: Sequence[Draft]) -> None:
    """Add to drafts that seem good what the register would refuse; the database is as before."""
    for draft in drafts:
        if not draft.problems:
            said = refusals(partial(_registered_and_taken_back, by, newcomer(draft.entry)))
            draft.problems += [Problem(None, "unfit", one) for one in said]


@transaction.atomic
def _registered_and_taken_back(by: Actor, described: Newcomer) -> None:
    register(by=by, newcomer=described)
    transaction.set_rollback(True)


def write(by: Actor, rows: Sequence[ImportRow]) -> None:
    """Add what is new; what was offered for it waits for somebody to look at both."""
    for row in rows:
        if row.decision == Decision.NEW:
            described = newcomer(row.entry)
            row.institution = register(by=by, newcomer=described, despite=alike(by, described))
            row.made = True


def link(by: Actor, rows: Sequence[ImportRow]) -> None:
    """Rows about one that is there point to it; "#12" is whichever row 12 made or pointed to."""
    known = Institution.objects.seen_by(by).in_bulk([row.chosen for row in rows], field_name="ref")
    by_label = {f"#{row.label}": row for row in rows}
    for row in rows:
        if row.decision == Decision.SAME:
            other = by_label.get(row.chosen)
            row.institution = other.institution if other else known.get(row.chosen)
            if row.institution is None:
                raise ValidationError(
                    _("Row %(row)s is about an institution that is not imported. Decide about it again."),
                    params={"row": row.label},
                )
