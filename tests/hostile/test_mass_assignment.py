"""Fields that no form shows change nothing, whoever adds them to what is posted."""

import json
import re
from typing import Any

from django.apps import apps
from django.db import connection, models

from .conftest import Hostile

# Posted names that forms ask for, but do not show at first: they are meant to change something.
ASKED = re.compile(r"^(form|topics|hours|names|people|staff|find|what|do|shape|choice)\b|-|:")
OURS = ("people_", "support_", "team_", "funding_", "casework_", "privacy_", "reports_", "exchange_", "access_user")
QUIET = ("access_usersession", "access_userkey", "privacy_pack")
DRAWN = ("id", "password")  # numbers go up; a new password is drawn
EVIL = "evilevilevil"


def extras() -> dict[str, str]:
    """A value for every field of every model: of another organisation, of another person, switched on."""
    found: dict[str, str] = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields if model.__module__.startswith("przystan") else ():
            value = _value(field)
            found |= {field.name: value, field.attname: value}
    return found


def _value(field: "models.Field[Any, Any]") -> str:
    if field.is_relation or isinstance(field, models.IntegerField):
        return "2"
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, (models.DateField, models.DateTimeField)):
        return "2001-01-01"
    return str(field.choices[-1][0]) if field.choices else EVIL


def rows() -> dict[str, dict[str, dict[str, Any]]]:
    """Every row of our tables as it stands in this transaction: table -> key -> columns."""
    tables = [name for name in connection.introspection.table_names() if name.startswith(OURS) and name not in QUIET]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.purpose', 'system', true), set_config('app.org', '', true)")
        union = " UNION ALL ".join(f"SELECT '{name}', to_jsonb(t) FROM {name} t" for name in tables)
        cursor.execute(union)
        found: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in tables}
        for table, row in cursor.fetchall():
            made = json.loads(row) if isinstance(row, str) else row
            found[table][str(made.get("id") or made.get("uuid") or made)] = made
    return found


def changed(before: Any, after: Any) -> set[tuple[str, str, str]]:
    """(table, column, value) of what is new or different; what is drawn anew each time is left out."""
    found = set()
    for table, lines in after.items():
        for key, row in lines.items():
            old = before[table].get(key, {})
            found |= {
                (table, name, _plain(before, value))
                for name, value in row.items()
                if old.get(name) != value and name not in DRAWN
            }
        found |= {(table, "gone", key) for key in before[table].keys() - lines.keys()}
    return found


def _plain(before: Any, value: Any) -> str:
    text = str(value)
    if text == EVIL or text.startswith("2001-01-01") or text in ("2", "True"):
        return text
    return "" if re.search(r"^\d+$|^\d{4}-\d\d-\d\dT|^[0-9a-z]{12}$|^\\x|^[0-9a-f-]{32,}$", text) else text


def test_fields_that_no_form_shows_change_nothing(hostile: Hostile) -> None:
    more, wrong, done = extras(), [], 0
    before = rows()
    for name, forms in hostile.forms.items():
        for form in forms:
            added = {key: value for key, value in more.items() if key not in form.shown and not ASKED.search(key)}
            should = hostile.post(form.action, form.plain, look=lambda: changed(before, rows()))
            does = hostile.post(form.action, {**added, **form.plain}, look=lambda: changed(before, rows()))
            done += bool(should)
            wrong += [f"{name} {form.kind}: {one}" for one in sorted(does - should)]
    assert not wrong, "\n".join(wrong)
    assert done > 25  # forms that changed something at all
