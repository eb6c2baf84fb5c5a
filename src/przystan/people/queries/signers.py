"""Who has to sign for which consent, for the page on which that is changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from ..models import ConsentSigner, ConsentText


@dataclass(frozen=True)
class Signing:
    """One purpose: its text of the day, who has to sign, who will have to, who had to (the latest first)."""

    text: ConsentText
    now: list[ConsentSigner]
    coming: list[ConsentSigner]
    before: list[ConsentSigner]


def signings(day: date, purpose: str = "") -> list[Signing]:
    """Every purpose with a text, by its name; or one. Two queries."""
    texts = ConsentText.objects.order_by("purpose", "-version").distinct("purpose")
    signers = ConsentSigner.objects.order_by(F("valid_from").desc(nulls_last=True), "pk")
    if purpose:
        texts, signers = texts.filter(purpose=purpose), signers.filter(purpose=purpose)
    rows = list(signers)
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
