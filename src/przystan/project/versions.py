"""Which version the tables are of: this one, an earlier one that `migrate` brings up, a newer one, or none we know."""

from gettext import gettext as _
from gettext import ngettext
from itertools import chain

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from . import cluster, database, upgrades
from .trouble import Exit, Trouble, no_centre


def changes() -> list[str]:
    """What `migrate` would do: earlier states to bring up, by name, and migrations that have not run."""
    return [*(state.name for state in upgrades.waiting()), *pending()]


def pending() -> list[str]:
    """Migrations of this version that the database has not seen, in their order."""
    loader = MigrationLoader(connection)
    graph = loader.graph
    plan = chain.from_iterable(graph.forwards_plan(leaf) for leaf in sorted(graph.leaf_nodes()))
    return [".".join(one) for one in dict.fromkeys(plan) if one not in loader.applied_migrations]


def unknown() -> list[str]:
    """Migrations of our modules that the database has seen and this version does not know."""
    loader = MigrationLoader(connection)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("przystan.")}
    found = {".".join(one) for one in loader.applied_migrations if one[0] in ours and one not in loader.disk_migrations}
    return sorted(found - upgrades.FOLDED)


def refuse_unknown() -> None:
    """Raise Trouble when a newer Przystań has worked with this database, or one that was never released.

    A newer one has all that this one has, and more: migrations are only ever added.
    """
    if not (found := unknown()):
        return
    if changes():
        raise Trouble(
            _(
                "This data was made by a Przystań that was never released (%(name)s is not known here). Nothing was "
                "changed. Use the sources it was made with."
            )
            % {"name": found[-1]},
            Exit.DATABASE,
        )
    raise Trouble(
        _(
            "A newer Przystań has worked with this data (%(name)s is not known here). Nothing was changed. Update "
            "Przystań and start again."
        )
        % {"name": found[-1]},
        Exit.DATABASE,
    )


def require_current() -> None:
    """Raise Trouble when there is no centre yet, or its tables are older than this version."""
    require_centre()
    if wrong := outdated():
        raise Trouble(wrong, Exit.DATABASE)


def require_centre() -> None:
    """Raise Trouble when no centre was ever set up in this database, or its setting up was broken off."""
    with connection.cursor() as cursor:
        if "team_organisation" in connection.introspection.table_names(cursor):
            cursor.execute("SELECT FROM team_organisation LIMIT 1")
            if cursor.fetchone() is not None:
                return
    entry = connection.settings_dict
    raise no_centre(f"{database.described(entry)}, {entry['NAME']}" if cluster.is_external() else cluster.data_dir())


def outdated() -> str:
    """What has to be done before this version can work, in a sentence; "" when nothing has."""
    if since := upgrades.began():
        return _(
            "An upgrade began on %(time)s (UTC) and did not end. It goes on where it stopped: przystan migrate"
        ) % {"time": since}
    if count := len(changes()):
        return ngettext(
            "The tables are of an older version (%(count)d change waits). Make a backup, then: przystan migrate",
            "The tables are of an older version (%(count)d changes wait). Make a backup, then: przystan migrate",
            count,
        ) % {"count": count}
    return ""
