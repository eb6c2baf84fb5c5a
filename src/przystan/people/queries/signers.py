"""Who has to sign for which consent, for the page on which that is changed."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q

from ..models import ConsentSigner, ConsentText


@dataclass(frozen=True)
class Signing:
    """One purpose: its text of the day, who has to sign, who will have to, who had to (the latest first)."""

    text: ConsentText
    now: list[ConsentSigner]
    coming: list[ConsentSigner]
    before: list[ConsentSigner]


def signers_of(organisation_id: int | None, purpose: str = "") -> list[ConsentSigner]:
    """Who has to sign, ever, in an organisation, the latest first: its own rows, and what shipped with the last day on
    which that holds, the one before the first of its own. Copies to read, never to save; one query."""
    ours = ConsentSigner.objects.filter(Q(organisation=None) | Q(organisation_id=organisation_id))
    ordered = ours.order_by(F("valid_from").desc(nulls_last=True), "pk")
    rows = list(ordered.filter(purpose=purpose) if purpose else ordered)
    begins = {row.purpose: row.valid_from for row in rows if row.organisation_id and row.valid_from}
    return [found for row in rows if (found := _until(row, begins.get(row.purpose)))]


def signers_on(organisation_id: int | None, day: date) -> list[ConsentSigner]:
    """Who has to sign on a day, by purpose."""
    rows = [row for row in signers_of(organisation_id) if row.holds_on(day)]
    return sorted(rows, key=lambda row: (row.purpose, row.pk))


def _until(row: ConsentSigner, own: date | None) -> ConsentSigner | None:
    """What shipped ends before the organisation's own begins; None where it never held."""
    if row.organisation_id or own is None or (row.valid_to and row.valid_to < own):
        return row
    if row.valid_from and row.valid_from >= own:
        return None
    found = copy(row)
    found.valid_to = own - timedelta(days=1)
    return found


def signings(organisation_id: int | None, day: date, purpose: str = "") -> list[Signing]:
    """Every purpose with a text, by its name; or one. Two queries."""
    texts = ConsentText.objects.order_by("purpose", "-version").distinct("purpose")
    if purpose:
        texts = texts.filter(purpose=purpose)
    rows = signers_of(organisation_id, purpose)
    found = [_signing(text, [row for row in rows if row.purpose == text.purpose], day) for text in texts]
    return sorted(found, key=lambda one: str(one.text))


def _signing(text: ConsentText, rows: Iterable[ConsentSigner], day: date) -> Signing:
    now, coming, before = list[ConsentSigner](), list[ConsentSigner](), list[ConsentSigner]()
    for row in rows:
        later = row.valid_from is not None and row.valid_from > day
        (coming if later else now if row.holds_on(day) else before).append(row)
    latest = sorted(_by_age(before), key=lambda row: row.valid_to or date.max, reverse=True)
    return Signing(text, _by_age(now), _by_age(coming), latest)


def _by_age(rows: list[ConsentSigner]) -> list[ConsentSigner]:
    return sorted(rows, key=lambda row: (row.valid_from or date.min, row.age_from or 0, row.pk))
