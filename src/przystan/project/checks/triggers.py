"""Triggers that keep the audit log, closed periods and history: is each there, on, and does it do what it should?"""

from collections.abc import Iterator
from gettext import gettext as _

from .declared import Declared
from .locks import named, rows

TRIGGERS = """
    SELECT c.relname, t.tgname, t.tgenabled::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal"""
FUNCTIONS = "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
OFF = {"D", "R"}  # disabled, or on replicas only


def faults(wanted: Declared) -> Iterator[str]:
    """One sentence for each trigger or function that is missing, off or otherwise."""
    there = {(table, name): enabled for table, name, enabled in rows(TRIGGERS)}
    for key, enabled in sorted(wanted.triggers.items()):
        if key not in there:
            yield _("The trigger %(name)s on the table %(table)s is missing.") % named(key)
        elif there[key] in OFF or (enabled == "A" and there[key] != "A"):
            on = named(key) | {"always": "ALWAYS " if enabled == "A" else ""}
            yield (
                _(
                    "The trigger %(name)s on the table %(table)s is switched off. As the owner: "
                    "ALTER TABLE %(table)s ENABLE %(always)sTRIGGER %(name)s"
                )
                % on
            )
    bodies = dict(rows(FUNCTIONS))
    for name, body in sorted(wanted.functions.items()):
        if name not in bodies:
            yield _("The function %(name)s is missing.") % {"name": name}
        elif str(bodies[name]).strip() != body.strip():
            yield _("The function %(name)s does not do what this version does.") % {"name": name}
