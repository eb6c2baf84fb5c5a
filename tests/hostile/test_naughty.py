"""Whatever is typed into whatever field is kept as it is or refused in words; it is never our failure."""

from itertools import cycle
from urllib.parse import urlencode

import pytest

from przystan.people.models import PersonName
from tests.matrix.asking import quickly, troubles

from .conftest import Hostile
from .strings import OURS, naughty

FINE = (200, 302, 303, 400, 404, 409, 413, 422, 429)
ROUNDS = 1  # each text field of each form meets so many strings; the next field, the next strings
# What takes text and is asked by scripts, or stands on pages that this account does not see now; posted to directly.
ASIDE = {
    "people:suggest": "q",
    "people:register_start": "q",
    "people:search": "q",
    "desk:who": "q",
    "funding:payers": "person_text",
    "privacy:erasure": "reason",
    "privacy:refuse": "note",
    "people:protector": "user",
    "exchange:decisions": "row",
    "casework:team": "user",
    "casework:closure": "summary",
}


def failure(status: int) -> str:
    return f"{status} {troubles.pop()!r}" if troubles else str(status)


def test_every_form_takes_every_string(hostile: Hostile) -> None:
    strings, wrong, saved = cycle(naughty()), [], set()
    for name, forms in hostile.forms.items():
        for form in forms:
            for field in [*form.texts] * ROUNDS:
                text = next(strings)
                answer = hostile.post(form.action, {**form.plain, field: text})
                saved |= {name} if answer.status_code == 302 else set()
                if answer.status_code not in FINE:
                    wrong.append(f"{name}.{field} {text[:40]!r}: {failure(answer.status_code)}")
    assert not wrong, "\n".join(wrong)
    assert len(saved) > 12, sorted(saved)  # or nothing but refusals was tried


def typed(text: str) -> str:
    """Names have no white space twice (people.actions.names); what is no UTF-8 is shown by the sign for that."""
    return " ".join(text.encode("utf-8", "surrogatepass").decode(errors="replace").split())


def test_every_string_is_kept_as_it_is_or_refused(hostile: Hostile) -> None:
    form = next(one for one in hostile.forms["people:fact_add"] if one.kind == "names")
    wrong, kept = [], 0
    with quickly():
        for text in naughty():
            answer = hostile.post(form.action, {**form.plain, "text": text}, keep=True)
            if answer.status_code == 302:
                kept += 1
                stored = PersonName.objects.order_by("-id")[0].text
                wrong += [] if stored == typed(text) else [f"{text!r} became {stored!r}"]
            elif answer.status_code not in (200, 400):
                wrong.append(f"{text!r}: {failure(answer.status_code)}")
    assert not wrong, "\n".join(wrong)
    assert kept > 300


@pytest.mark.parametrize("text", ["x" * 10_000_000, "х" * 100_000], ids=["10 MB", "100,000 letters"])
def test_what_is_too_long_is_refused(hostile: Hostile, text: str) -> None:
    before = PersonName.objects.count()
    for name in ("people:fact_add", "people:search", "people:register", "desk:log", "funding:add"):
        form = hostile.forms[name][0]
        answer = hostile.post(form.action, {**form.plain, next(iter(form.texts)): text})
        assert answer.status_code in (200, 400, 413), f"{name}: {failure(answer.status_code)}"
    assert PersonName.objects.count() == before


@pytest.mark.parametrize("name", sorted(ASIDE))
def test_what_is_no_form_takes_them_too(hostile: Hostile, name: str) -> None:
    path = hostile.path(name)
    for text in OURS[:11]:
        answer = hostile.post(path, {ASIDE[name]: text, "q": text, "reason": text, "note": text})
        assert answer.status_code in (*FINE, 405), f"{text[:40]!r}: {failure(answer.status_code)}"


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
