"""Rights of the application's role, table by table and column by column, against `project.grants`: no less, no more."""

from collections.abc import Iterator
from gettext import gettext as _

from django.db import connection

from przystan.access.locks import views
from przystan.project import grants

from .locks import rows

# (relation, kind, right) that the role, or everybody, was given; what an extension made is not ours.
GIVEN = """
    SELECT c.relname, c.relkind::text, coalesce(a.privilege_type, '')
    FROM pg_class c LEFT JOIN LATERAL (
        SELECT privilege_type FROM aclexplode(coalesce(c.relacl, acldefault(
            CASE c.relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END, c.relowner)))
        WHERE grantee IN (0, current_user::regrole)
    ) a ON true
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"""
COLUMNS = """
    SELECT c.relname, t.attname, a.privilege_type
    FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid, aclexplode(t.attacl) a
    WHERE c.relnamespace = current_schema()::regnamespace AND a.grantee IN (0, current_user::regrole)
    ORDER BY 1, 2, 3"""
ROUTINES = """
    SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
    AND NOT has_function_privilege(oid, 'EXECUTE') ORDER BY proname"""


def faults() -> Iterator[str]:
    """One sentence for each right that is missing or too much."""
    role = {"role": connection.settings_dict["USER"]}
    for name, (wanted, there) in sorted(by_relation().items()):
        about = role | {"table": name}
        if missing := ", ".join(sorted(wanted - there)):
            about["rights"] = missing
            yield _("%(role)s lacks the right %(rights)s on %(table)s: przystan migrate") % about
        if more := ", ".join(sorted(there - wanted)):
            about["rights"] = more
            yield _("%(role)s has the right %(rights)s on %(table)s and should not: przystan migrate") % about
    for table, column, right in rows(COLUMNS):
        about = role | {"rights": right, "table": f"{table}.{column}"}
        yield _("%(role)s has the right %(rights)s on %(table)s and should not: przystan migrate") % about
    for (routine,) in rows(ROUTINES):
        yield _("%(role)s may not run the function %(name)s: przystan migrate") % (role | {"name": routine})


def by_relation() -> dict[str, tuple[set[str], set[str]]]:
    """Relation -> (rights it should give, rights it gives)."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    for name, kind, right in rows(GIVEN):
        both = found.setdefault(name, (wanted_on(name, kind), set()))
        if right:
            both[1].add(right)
    return found


def wanted_on(name: str, kind: str) -> set[str]:
    """What the application's role may do with a relation of this kind (as in pg_class.relkind)."""
    if kind == "S":
        return {"USAGE"}
    if kind in "vm":
        return {"SELECT"} if name in views() else set()
    return set(grants.LESS.get(name, grants.USUAL).split(", "))
