"""The audit log in words: everything that is recorded has them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

import przystan
from przystan.access import audit
from przystan.access.deeds import VERBS, told
from przystan.access.models import AuditEntry
from przystan.access.modules import deeds
from tests import factories

ROOT = Path(przystan.__file__).parent
LANGUAGES = ["pl", "uk", "ru"]


def recorded() -> Iterator[tuple[str, str]]:
    """Every action that stands in the code as words: (file, action)."""
    for path in ROOT.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", "") in ("record", "record_all"):
                for word in ast.walk(call.args[1]) if len(call.args) > 1 else ():
                    if isinstance(word, ast.Constant) and isinstance(word.value, str) and "." in word.value.strip("."):
                        yield path.name, word.value


def test_every_action_has_words() -> None:
    found = list(recorded())
    assert len(found) > 70
    unspoken = {f"{file}: {action}" for file, action in found if action not in deeds() and not is_fact(action)}
    assert not unspoken, "say in the module's module.py, under deeds, what people call it"


def is_fact(action: str) -> bool:
    return action.partition(".")[2] in VERBS


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_is_told_in_the_language_of_the_page(language: str) -> None:
    centre = factories.organisation()
    by, person = factories.actor(centre), factories.person(factories.point(centre))
    colleague = factories.user(centre, "lawyer", name="Ewa Lis")
    audit.record(by, "citizenship.add", person, ["country", "valid_from"])
    audit.record(by, "team.name", person, purpose=colleague.ref)
    audit.read(by, person, ["citizenships"])
    audit.read(by, person, ["title", "evidence"])  # of the rows that a page of the person shows
    audit.record(by, "team.give_role", colleague, ["lawyer"])
    rows = AuditEntry.objects.filter(object_ref__in=[person.ref, colleague.ref]).order_by("seq").select_related("actor")
    with override("en"):
        english = told(rows)
    assert [(row.deed, row.fields, row.about) for row in english] == [
        ("added: citizenship", ["country", "from"], ""),
        ("named a colleague", [], "Ewa Lis"),
        ("saw", ["citizenship"], ""),
        ("saw", ["how we know", "title to stay"], ""),
        ("gave a role", ["Lawyer"], ""),
    ]
    assert english[0].what == "person"
    with override(language):
        for here, there in zip(told(rows), english, strict=True):
            assert here.deed != there.deed
            assert here.what != there.what
            assert not set(here.fields) & set(there.fields)
