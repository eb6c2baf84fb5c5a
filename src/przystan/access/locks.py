"""The second lock: row-level security, written once for every table of tier 2 and above.

The policies ask the settings that `access.scope` makes for each transaction. Without them: no rows. The owner of the
tables (migrations, the demo's building, backups) is not bound by them; the application's role is.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db import migrations

# The first migrations, which nobody may edit, take these from here.
from .migrations._first_functions import FUNCTIONS, NO_FUNCTIONS, NOT_WHOSE, WHOSE  # noqa: F401

# Whoever has just been let in is in, also where the clocks of application and database differ a little.
NOW = (
    "t.starts_at <= statement_timestamp() + interval '5 seconds'"
    " AND (t.ends_at IS NULL OR t.ends_at > statement_timestamp())"
)
SYSTEM = "(SELECT app_purpose()) = 'system'"
COUNTED = "(SELECT app_purpose()) IN ('system', 'statistics')"
# Rows that are asked to find out who acts, before anybody does: they are read by all, and only written under a lock.
EVERYBODY = "true"
# Somebody acts, whoever it is: for tables that are asked by other tables' locks, or too often for more.
SOMEBODY = "(SELECT app_acts())"
# The system acts for one organisation, or for the whole installation when it names none.
# A plain comparison comes first: the planner knows how many rows that leaves, and walks an index in order.
OWN = "(organisation_id = (SELECT app_org()) OR (SELECT app_reaches_all()))"
FACT = f"{COUNTED} OR app_reads_facts(person_id)"
# For counting, and where the system acts for the whole installation. In 0.2.0 the system that acts for one organisation
# stopped reading facts of others; the constants above are those of earlier migrations.
WIDE = "(SELECT app_purpose()) = 'statistics' OR (SELECT app_reaches_all())"
# Where rows have no organisation of their own, and are too many to be looked up one by one, or asked by other locks:
# which is theirs is asked only where there is anything to be apart from (docs/decisions/0032). The functions stand in
# `locks.py` of the modules of a person, a support, a case.
OURS = "(NOT (SELECT app_is_apart()) OR app_owns_{}({}))"
ALL = "(SELECT app_reaches_all())"
# The bearer of a link acts by its token's digest alone (docs/decisions/0042): NULL for everybody else.
HELD = """
CREATE FUNCTION app_held() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT NULLIF(current_setting('app.held', true), '') $$;
"""
NOT_HELD = "DROP FUNCTION app_held();"
SOMEBODY_OR_BEARER = f"({SOMEBODY} OR (SELECT app_held()) IS NOT NULL)"


@dataclass(frozen=True)
class Lock:
    """SQL conditions: rows that the application's role may read, and rows that it may write where that differs. Of
    new rows only those that are `added`, and of old ones only those that are `removed`, where less may come or go than
    may be changed. `changed` is asked of OLD and NEW of each row that is updated: what may become of it.

    Each model declares one in its `class Privacy`, or says there why it is `unlocked`; a migration of its module makes
    it (`lock` below), and tests/access/test_locks.py holds the two against each other.
    """

    seen: str
    written: str = ""
    added: str = ""
    removed: str = ""
    changed: str = ""


def own(also: str = "", *, written: str = "", added: str = "", removed: str = "", changed: str = "") -> Lock:
    """Rows of the organisation that acts, in `organisation_id`; of those, where `also` holds."""
    return Lock(f"{OWN} AND {also}" if also else OWN, written, added, removed, changed)


def or_shipped(*, added: str = "", removed: str = "", changed: str = "") -> Lock:
    """Rows that shipped with the product (no organisation), which every organisation reads and none writes; and those
    of the organisation that acts."""
    gone = f"{OWN} AND ({removed})" if removed else OWN
    whose = f"({SYSTEM} OR {same('organisation_id')})"
    seen = f"organisation_id IS NULL OR {OWN}"
    return Lock(seen, OWN, added, gone, f"{whose} AND ({changed})" if changed else whose)


def shipped() -> Lock:
    """Rows that ship with the product, the same for every organisation: read by whoever acts, written by none."""
    return Lock(SOMEBODY, SYSTEM, removed=SYSTEM)


def same(*columns: str) -> str:
    """A condition for `changed`: that these columns stay as they are."""
    return " AND ".join(f"NEW.{one} IS NOT DISTINCT FROM OLD.{one}" for one in columns)


def same_but(*columns: str) -> str:
    """A condition for `changed`: that all columns stay as they are, but these."""
    names = "'{" + ",".join(columns) + "}'::text[]"
    return f"to_jsonb(NEW) - {names} = to_jsonb(OLD) - {names}"


def just_now(column: str) -> str:
    """A condition for `changed`: that the time in `column` is that of the act, written once. The clocks of application
    and database may differ a little."""
    return f"OLD.{column} IS NULL AND abs(extract(epoch FROM NEW.{column} - statement_timestamp())) < 60"


def signed(column: str, *first: str, at: str = "") -> str:
    """A condition for `changed`: that the account in `column` is whoever acts, written once, and none of the `first`,
    who stay who they are. What takes two people says so by this. `at`: the column of when, written with it."""
    another = "".join(f" AND NEW.{one} IS DISTINCT FROM app_uid()" for one in first)
    when, stays = (f" AND {just_now(at)}", same(column, at)) if at else ("", same(column))
    once = f"({stays} OR (OLD.{column} IS NULL AND NEW.{column} = app_uid(){another}{when}))"
    return f"{same(*first)} AND {once}" if first else once


def mine() -> Lock:
    """Rows of the organisation that acts, for whoever made them: `by_id`."""
    return own(f"({SYSTEM} OR by_id = (SELECT app_uid()))")


def under(table: str, column: str) -> Lock:
    """Rows whose parent is seen, for few parents: the whole set of them is asked once."""
    return Lock(f"{column} IN (SELECT id FROM {table})")  # noqa: S608 - names of our own


def among(table: str, column: str) -> Lock:
    """Rows whose parent is seen, for a few dozen parents: their list is made first, and an index may see it."""
    return Lock(f"{column} = ANY (ARRAY(SELECT id FROM {table}))")  # noqa: S608 - names of our own


def each_under(table: str, column: str, *, written: str = "") -> Lock:
    """Rows whose parent is seen, for many parents: asked for each row."""
    return Lock(f"EXISTS (SELECT 1 FROM {table} x WHERE x.id = {column})", written)  # noqa: S608


def in_team(table: str, column: str) -> str:
    """A condition for `own`: that whoever acts is in the team of the row, one of `table` with `user_id`, `starts_at`,
    `ends_at`, and this `column` for the row. Who may read that table is its own lock."""
    return f"({SYSTEM} OR id IN (SELECT t.{column} FROM {table} t WHERE t.user_id = (SELECT app_uid()) AND {NOW}))"  # noqa: S608 - names of our own


def history_of(table: str, column: str) -> Lock:
    """What rows of another table said before: read with them, written by the trigger of whoever acts."""
    return each_under(table, column, written=SOMEBODY)


def ours(whose: str, column: str, *, also: str = "") -> Lock:
    """Rows that hang on a `person`, `support` or `case`, which other locks ask for: read by everybody of the house, and
    written before what they hang on."""
    written = f"{SOMEBODY} AND {also}" if also else SOMEBODY
    return Lock(f"{written} AND {OURS.format(whose, column)}", written)


# Of a table that is named in the row itself: its own lock says who sees that.
SEES = """
CREATE FUNCTION app_sees(model text, ref text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
    there boolean;
BEGIN
    IF to_regclass(quote_ident(replace(model, '.', '_'))) IS NULL THEN RETURN false; END IF;
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE ref = $1)', replace(model, '.', '_')) INTO there USING ref;
    RETURN there;
END $$
"""


def hung_on(model: str, ref: str) -> str:
    """A condition for `own`: that the row is seen whose model (label) and reference these columns name."""
    return f"app_sees({model}, {ref})"


def views() -> list[str]:
    """Views of personal data (`Privacy.views`). They look with the owner's eyes, so each asks by itself who acts."""
    declared = (getattr(getattr(model, "Privacy", None), "views", "") for model in apps.get_models())
    return sorted(name for names in declared for name in names.split())


def functions(sql: str) -> migrations.RunSQL:
    """Make functions that locks ask, or make them anew: `FUNCTIONS` of the `locks.py` of a module."""
    return migrations.RunSQL(sql, migrations.RunSQL.noop)


def lock(table: str, seen: str, written: str = "") -> migrations.RunSQL:
    """Row-level security on a table: only rows for which `seen` holds are read or written (`written`: that instead)."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; CREATE POLICY need_to_know ON {table} USING ({seen})"
        f" WITH CHECK ({written or seen})",
        f"DROP POLICY need_to_know ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    )


def narrow(table: str, *, added: str = "", removed: str = "", changed: str = "") -> migrations.RunSQL:
    """On a locked table: new rows only where `added` holds, none is deleted but where `removed` does, and none changed
    but where `changed` does."""
    does, undoes = _narrowing(table, added, removed, changed)
    return migrations.RunSQL("; ".join(does), "; ".join(undoes))


def renarrow(table: str, *, added: str = "", removed: str = "", changed: str = "") -> migrations.RunSQL:
    """Other conditions than those that `narrow` made before. Going back leaves these: they refuse what no code does."""
    does, undoes = _narrowing(table, added, removed, changed)
    return migrations.RunSQL("; ".join([*undoes, *does]), migrations.RunSQL.noop)


def _narrowing(table: str, added: str, removed: str, changed: str) -> tuple[list[str], list[str]]:
    """Statements that make it, and statements that undo it."""
    wanted = {"when_added": f"INSERT WITH CHECK ({added})" if added else ""}
    wanted |= {"when_removed": f"DELETE USING ({removed})" if removed else ""}
    made = {name: rule for name, rule in wanted.items() if rule}
    does = [f"CREATE POLICY {name} ON {table} AS RESTRICTIVE FOR {rule}" for name, rule in made.items()]
    undoes = [f"DROP POLICY {name} ON {table}" for name in made]
    if changed:
        does.append(CHANGED.format(table=table, body=when_changed(table, changed)))
        undoes.append(f"DROP TRIGGER when_changed ON {table}; DROP FUNCTION {table}_when_changed()")
    return does, undoes


# A policy sees the old row or the new one, never both. A trigger does, and binds who the policies bind.
CHANGED = """
CREATE FUNCTION {table}_when_changed() RETURNS trigger LANGUAGE plpgsql AS $${body}$$;
CREATE TRIGGER when_changed BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_when_changed()
"""


def when_changed(table: str, changed: str) -> str:
    """What the function of the trigger does that keeps rows of a table from changing otherwise."""
    return f"""
BEGIN
    IF row_security_active(TG_RELID) AND ({changed}) IS NOT TRUE THEN
        RAISE EXCEPTION 'this change violates the row-level security of {table}' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END """


def relock(table: str, seen: str, before: str, *, written: str = "") -> migrations.RunSQL:
    """Another condition for a table that is locked already; `before` is the one that it had."""
    change = "ALTER POLICY need_to_know ON {} USING ({}) WITH CHECK ({})"
    return migrations.RunSQL(
        change.format(table, seen, written or seen), change.format(table, before, written or before)
    )
