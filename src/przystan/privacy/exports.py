"""The copy of a person's data as a file: a readable page and the same as JSON, in a ZIP, closed by age."""

import io
import json
import secrets
import zipfile
from collections.abc import Sequence

import pyrage
from django.template.loader import render_to_string
from django.utils import translation

from przystan.access.holders import Section, Words
from przystan.kernel.refs import ALPHABET

GROUPS, LETTERS = 5, 5  # 25 letters of 32: 125 bits


def passphrase() -> str:
    """Letters in groups, to be read out or written by hand."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))


def packed(sections: list[Section], language: str, words: str, preface: Sequence[Words] = ()) -> bytes:
    """`index.html` and `data.json` in a ZIP, encrypted by age with the passphrase `words`.

    `preface`: paragraphs that say what it is.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("index.html", document(sections, language, preface))
        bundle.writestr("data.json", as_json(sections))
    return pyrage.passphrase.encrypt(file.getvalue(), words)


def document(sections: list[Section], language: str, preface: Sequence[Words] = ()) -> str:
    """A page that any browser opens, without anything from outside; in the language of who will read it."""
    with translation.override(language):
        context = {"sections": sections, "language": language, "preface": preface}
        return render_to_string("privacy/copy.html", context)


def as_json(sections: list[Section]) -> str:
    """{"people.personname": [{"text": "..."}]}: for another system (Art. 20)."""
    tables = {
        one.model: [dict(zip([name for name, _ in one.fields], row, strict=True)) for row in one.rows]
        for one in sections
    }
    return json.dumps(tables, ensure_ascii=False, indent=1)
