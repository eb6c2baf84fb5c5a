"""What runs by itself in the database and is not ours: functions, triggers, rules, views; such as a backup brings that
somebody else made."""

import re
from collections.abc import Iterator
from gettext import gettext as _

from przystan.access.locks import views

from .declared import BODY, Declared, libraries
from .locks import rows

# What an extension made is the extension's.
FUNCTIONS = """
    SELECT proname, prosrc FROM pg_proc p WHERE pronamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') ORDER BY 1"""
TRIGGERS = """
    SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal ORDER BY 1, 2"""
RULES = """
    SELECT c.relname, r.rulename FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
    WHERE c.relnamespace = current_schema()::regnamespace AND r.rulename <> '_RETURN' ORDER BY 1, 2"""
SHOWN = """
    SELECT relname FROM pg_class c WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('v', 'm', 'f')
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') ORDER BY 1"""
ELSEWHERE = """
    SELECT nspname FROM pg_namespace WHERE nspname <> current_schema() AND nspname <> 'information_schema'
    AND nspname !~ '^pg_' ORDER BY 1"""


def faults(wanted: Declared) -> Iterator[str]:
    """One sentence for each that neither our migrations made nor those of a library."""
    theirs = libraries()
    bodies = {body for _quote, body in BODY.findall(theirs)}
    for name, body in rows(FUNCTIONS):
        if name not in wanted.functions and body not in bodies:
            yield _("The function %(name)s is none of ours.") % {"name": name}
    for table, name in rows(TRIGGERS):
        if (table, name) not in wanted.triggers and not re.search(rf"\b{re.escape(name)}\b", theirs):
            yield _("The trigger %(name)s on the table %(table)s is none of ours.") % {"name": name, "table": table}
    for table, name in rows(RULES):
        yield _("The rule %(name)s on the table %(table)s is none of ours.") % {"name": name, "table": table}
    for (name,) in rows(SHOWN):
        if name not in views():
            yield _("The view %(name)s is none of ours.") % {"name": name}
    for (name,) in rows(ELSEWHERE):
        yield _("The schema %(name)s is none of ours.") % {"name": name}
