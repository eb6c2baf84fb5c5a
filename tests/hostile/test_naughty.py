"""Whatever is typed into whatever field is kept as it is or refused in words; it is never our failure.

NAUGHTY=full: every string into every text field, not only some. Before a release.
"""

import os
import re
from contextlib import nullcontext
from urllib.parse import urlencode

import pytest

from tests.matrix.asking import quickly

from .conftest import FINE, Hostile, failure
from .pages import Form
from .strings import OURS, naughty

FULL = os.environ.get("NAUGHTY") == "full"
SLICE = len(naughty()) if FULL else 4  # how many strings each text field meets; the next form, the next strings
APART = 7  # strings between two fields of a form
PICKY = re.compile(r"_(day|year)$|^(code|key|username|value|phone|ref|q)$")
# What takes text and is asked by scripts, or stands on pages that this account does not see now; posted to directly.
ASIDE = {
    "people:suggest": "q",
    "people:register_start": "q",
    "desk:who": "q",
    "funding:payers": "person_text",
    "privacy:erasure": "reason",
    "privacy:refuse": "note",
    "people:protector": "user",
    "exchange:decisions": "row",
}
LONG = {
    "people:fact_add": "text",
    "people:search": "q",
    "people:register": "name",
    "desk:log": "next_step",
    "funding:add": "name",
    "casework:case": "text",
}


def groups(hostile: Hostile) -> list[tuple[Form, list[str]]]:
    """The text fields of each form, filled at once; those that refuse most words apart, or nothing else was saved."""
    found = []
    for form in (one for forms in hostile.forms.values() for one in forms):
        picky = [field for field in form.texts if PICKY.search(field)]
        found += [(form, picky), (form, [field for field in form.texts if field not in picky])]
    return [(form, fields) for form, fields in found if fields]


def typed(fields: list[str], turn: int) -> dict[str, str]:
    """Another string in each field, and others the next turn: in as many turns as strings, each in each."""
    strings = naughty()
    return {field: strings[(turn + APART * place) % len(strings)] for place, field in enumerate(fields)}


def test_every_field_of_every_form_takes_them(hostile: Hostile) -> None:
    wrong, saved, turns = [], set[str](), 0
    with quickly() if FULL else nullcontext():
        for form, fields in groups(hostile):
            for turn in range(turns, turns + SLICE):
                words = typed(fields, turn)
                answer = hostile.post(form.action, {**hostile.filled(form), **words})
                saved |= (
                    {f"{form.name} {form.kind} {field}" for field in fields} if answer.status_code == 302 else set()
                )
                if answer.status_code not in FINE:
                    wrong.append(f"{form.name} {form.kind} {words!r:.200}: {failure(answer.status_code)}")
            turns += SLICE
    print(f"{turns} posts, {len(wrong)} failures, {len(saved)} fields took some of them")
    assert not wrong, "\n".join(wrong)
    assert len(saved) > 90, sorted(saved)  # or nothing but refusals was tried


@pytest.mark.parametrize("text", ["x" * 10_000_000, "х" * 100_000], ids=["10 MB", "100,000 letters"])
@pytest.mark.parametrize("name", sorted(LONG))
def test_what_is_too_long_is_refused(hostile: Hostile, name: str, text: str) -> None:
    form = hostile.forms[name][0]
    answer = hostile.post(form.action, {**hostile.filled(form), LONG[name]: text})
    assert answer.status_code in (200, 400, 413), failure(answer.status_code)


@pytest.mark.parametrize("name", sorted(ASIDE))
def test_what_is_no_form_takes_them_too(hostile: Hostile, name: str) -> None:
    path = hostile.path(name)
    for text in OURS if FULL else OURS[:11]:
        answer = hostile.post(path, {ASIDE[name]: text, "q": text, "reason": text, "note": text})
        assert answer.status_code in FINE, f"{text[:40]!r}: {failure(answer.status_code)}"


def test_no_address_refuses_strings_with_a_failure(hostile: Hostile) -> None:
    """In what follows the question mark of every page."""
    wrong = []
    words = ("q", "after", "page", "person", "from", "to", "period", "next", "tab", "point", "sort")
    text = " ".join(naughty()[:60])
    with quickly():
        for path in hostile.pages:
            query = urlencode(dict.fromkeys(words, text), errors="replace")
            answer = hostile.asking.ask("GET", f"{path.split('?')[0]}?{query}")
            if answer.status_code not in FINE:
                wrong.append(f"{path}: {failure(answer.status_code)}")
    assert not wrong, "\n".join(wrong)
