"""What stands in our tables, and what of it is another than before."""

import json
import re
from typing import Any

from django.apps import apps
from django.db import connection

OURS = tuple(
    f"{app.label}_"
    for app in apps.get_app_configs()
    if app.name.startswith("przystan.") and app.label != "reference"  # shipped rows, many, which no page writes
)
QUIET = ("access_usersession", "access_auditentry", "access_audithead")  # grow with every request
DRAWN = ("id", "password")  # numbers go up; a new password is drawn
EVIL, LONG_AGO = "evilevilevil", "2001-01-01"
FAR = 1_000_000  # where numbers of new rows begin: none is like one of an older row
# New each time: moments, references, aliases, sealed texts, tokens.
FRESH = re.compile(r"^\d{4}-\d\d-\d\dT|^[0-9a-z]{12}$|^P-\w{4}-\w{4}$|^\\x|^[0-9a-f-]{32,}$")
Rows = dict[str, dict[str, dict[str, Any]]]


def rows() -> Rows:
    """Every row of our tables as it stands in this transaction: table -> key -> columns."""
    tables = [name for name in connection.introspection.table_names() if name.startswith(OURS) and name not in QUIET]
    found: Rows = {name: {} for name in tables}
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.purpose', 'system', true), set_config('app.org', '', true)")
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}', to_jsonb(t) FROM {name} t" for name in tables))
        for table, row in cursor.fetchall():
            made = json.loads(row) if isinstance(row, str) else row
            found[table][str(made.get("id") or made.get("uuid") or made)] = made
    return found


def changed(before: Rows, after: Rows) -> set[tuple[str, str, str]]:
    """(table, column, value) of what is new or different; what is drawn anew each time is "new"."""
    found = set()
    for table, lines in after.items():
        for key, row in lines.items():
            old = before[table].get(key, {})
            found |= {
                (table, name, _plain(row[name])) for name in row if old.get(name) != row[name] and name not in DRAWN
            }
        found |= {(table, "gone", key) for key in before[table].keys() - lines.keys()}
    return found


def _plain(value: Any) -> str:
    text = str(value)
    if text == EVIL or text.startswith(LONG_AGO):
        return text
    return "new" if FRESH.match(text) or (text.isdigit() and int(text) >= FAR) else text
