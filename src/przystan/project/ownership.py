"""Two roles: one owns the tables, the other serves them and is bound by row-level security."""

from collections.abc import Iterator
from contextlib import contextmanager
from gettext import gettext as _

from django.conf import settings
from django.db import connection, connections

from . import cluster, database
from .language import gettext_noop
from .trouble import Exit, Trouble

TABLES = "hashtext('przystan.tables')"  # of the advisory lock that `alone` takes
WHERE = ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
# Each is a way around the database's own lock.
EXCESS = {
    gettext_noop("is a superuser"): "rolsuper",
    gettext_noop("is not bound by row-level security (BYPASSRLS)"): "rolbypassrls",
    gettext_noop("may make itself other roles (CREATEROLE)"): "rolcreaterole",
    gettext_noop("owns tables or is a member of the role that does"): """
        EXISTS (SELECT 1 FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace
                AND c.relkind IN ('r', 'p', 'v', 'm') AND pg_has_role(c.relowner, 'MEMBER'))""",
    gettext_noop("may change the audit log"): """
        coalesce(has_table_privilege(to_regclass('access_auditentry'), 'UPDATE, DELETE, TRUNCATE'), false)""",
}
ASK = f"SELECT {', '.join(EXCESS.values())} FROM pg_roles WHERE rolname = current_user"  # noqa: S608
HELP = gettext_noop("""\
Give the application a role of its own:
  CREATE ROLE przystan_app LOGIN NOINHERIT PASSWORD '...';
  GRANT CONNECT ON DATABASE "%(name)s" TO przystan_app;
  GRANT USAGE ON SCHEMA public TO przystan_app;
Then make today's DATABASE_URL the DATABASE_OWNER_URL, name przystan_app in DATABASE_URL, and run: przystan migrate""")


@contextmanager
def as_owner() -> Iterator[None]:
    """Connections of this process are those of the owner for a while: to make tables, or to fill a demo.

    Never inside a transaction, and never with a pool (commands have none).
    """
    entry, owner = connections.settings["default"], cluster.owner_database()
    before = {key: entry[key] for key in WHERE}
    connections.close_all()
    entry.update({key: owner.get(key, "") for key in WHERE})
    try:
        yield
    finally:
        connections.close_all()
        entry.update(before)


@contextmanager
def alone() -> Iterator[None]:
    """For the only command that makes or changes the tables of this database. Raises Trouble beside another.

    Held by a connection of its own, so for as long as this process lives, whatever becomes of the tables.
    """
    with database.connect(cluster.owner_database()) as found:
        (mine,) = found.execute(f"SELECT pg_try_advisory_lock({TABLES})").fetchone() or (False,)
        if not mine:
            raise Trouble(
                _(
                    "Another command is making or changing the tables here (init, migrate, demo or restore). Let it"
                    " end, then look with przystan check. Nothing was changed."
                ),
                Exit.DATABASE,
            )
        yield


def excess() -> list[str]:
    """What our role is or may that it should not, such as "is a superuser"."""
    with connection.cursor() as cursor:
        cursor.execute(ASK)
        found = cursor.fetchone()
    told = [words for words, is_so in zip(EXCESS, found, strict=True) if is_so]
    return told[:1] if "is a superuser" in told else told  # which is all the rest, too


def sentence() -> str:
    """What is wrong with our role, or ""."""
    if not (found := excess()):
        return ""
    said = _("The role %(role)s %(faults)s: need-to-know would not hold in the database.")
    return said % {"role": connection.settings_dict["USER"], "faults": ", ".join(map(_, found))}


def require_bound() -> None:
    """Raise Trouble, with what helps, when the database would hold our role to nothing. The demo may do without."""
    if not settings.DEMO and (wrong := sentence()):
        helps = _(HELP) % {"name": connection.settings_dict["NAME"]}
        raise Trouble(f"{wrong} {helps}", Exit.UNSAFE)
