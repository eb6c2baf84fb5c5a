"""Fields that no form shows change nothing, whoever adds them to what is posted."""

import re
from typing import Any

from django.apps import apps
from django.db import models

from .conftest import Hostile
from .deeds import leaves
from .pages import Form
from .rows import EVIL, LONG_AGO, Rows, changed, rows

# Posted names that views ask for, but forms do not show at first: they are meant to change something.
ASKED = set(
    "on form topics hours names people staff find what do shape choice other undo birth arrived rank"
    " family-0-birth".split()
)
SETS = re.compile(r"^(\w+-\d+-)\w+$")  # topics-0-minutes

# Forms that leave a deed and our rows as they were.
ALIKE = {
    "desk:confirmation": "a paper is made, of which nothing is kept",
    "desk:export": "a file goes out, of which nothing is kept",
    "reports:export": "a file goes out, of which nothing is kept",
    "funding:where": "the condition is saved as it was",
}


def extras() -> dict[str, str]:
    """A value for every field of every model: of another organisation, of another person, switched on."""
    found: dict[str, str] = {}
    for model in apps.get_models():
        if model.__module__.startswith("przystan"):
            for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
                value = _value(field)
                found |= {field.name: value, field.attname: value}
    return found


def _value(field: "models.Field[Any, Any]") -> str:
    if isinstance(field.related_model, type):
        last = field.related_model._base_manager.order_by("pk").values_list("pk", flat=True).last()
        return str(last or 2)
    if isinstance(field, models.IntegerField):
        return "2"
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, (models.DateField, models.DateTimeField)):
        return LONG_AGO
    return str(field.choices[-1][0]) if field.choices else EVIL


def hidden_in(form: Form, more: dict[str, str]) -> dict[str, str]:
    """What the form does not show, as itself and as part of each of its sets of lines."""
    sets = {"", *(found[1] for name in form.shown if (found := SETS.match(name)))}
    names = {before + name: value for before in sets for name, value in more.items()}
    return {name: value for name, value in names.items() if name not in form.shown | ASKED}


def test_fields_that_no_form_shows_change_nothing(hostile: Hostile) -> None:
    more, before, wrong, done = extras(), rows(), [], set[str]()
    for name, forms in hostile.forms.items():
        for form in forms:
            should, does = both(hostile, before, form, hidden_in(form, more))
            done |= {f"{name} {form.kind}".strip()} if should else set()
            wrong += [f"{name} {form.kind}: {one}" for one in sorted(does ^ should)]
    assert not wrong, "\n".join(wrong)
    every = {f"{name} {form.kind}".strip() for name, forms in hostile.forms.items() for form in forms}
    assert {form for form in every - done if leaves(form)} == set(ALIKE), "say what is typed in FILLED of its matrix.py"
    assert not {form for form in done if not leaves(form)}, "what changes rows leaves a deed: tests/hostile/deeds.py"
    assert len(done) >= 80


def both(hostile: Hostile, before: Rows, form: Form, hidden: dict[str, str]) -> tuple[Any, Any]:
    """What the form changes, and what it changes with more in it."""
    plain, more = hostile.filled(form), hostile.filled(form)
    should = hostile.post(form.action, plain, look=lambda: changed(before, rows()))
    return should, hostile.post(form.action, {**hidden, **more}, look=lambda: changed(before, rows()))
