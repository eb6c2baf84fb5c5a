"""The second lock: row-level security, written once for every table of tier 2 and above.

The policies ask the settings that `access.scope` makes for each transaction. Without them: no rows. The owner of the
tables (migrations, the demo's building, backups) is not bound by them; the application's role is.
"""

from dataclasses import dataclass

from django.db import migrations

# NULL where nothing is set. Wrapped as (SELECT f()) in policies, so that PostgreSQL asks once for each statement.
TEMPLATE = """
CREATE FUNCTION app_uid() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT NULLIF(current_setting('app.uid', true), '')::bigint $$;
CREATE FUNCTION app_org() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT NULLIF(current_setting('app.org', true), '')::bigint $$;
CREATE FUNCTION app_purpose() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(current_setting('app.purpose', true), '') $$;
CREATE FUNCTION app_leads_all() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(current_setting('app.leads', true), '') = '*' $$;
CREATE FUNCTION app_leads() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT CASE WHEN current_setting('app.leads', true) LIKE '{%' THEN current_setting('app.leads', true)
          ELSE '{}' END::bigint[] $$;
CREATE FUNCTION app_acts() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT app_org() IS NOT NULL OR app_purpose() = 'system' $$;
CREATE FUNCTION app_reaches_all() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT app_org() IS NULL AND app_purpose() = 'system' $$;
-- Asked for few rows, in a language that is not unfolded into the question: else planning takes longer than finding.
CREATE FUNCTION app_works_with(person bigint) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM people_teammember t WHERE t.person_id = person AND t.user_id = app_uid() AND {now}
    );
END $$;
CREATE FUNCTION app_knows_person(person bigint) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN app_purpose() = 'system' OR (app_purpose() <> 'statistics' AND app_works_with(person));
END $$;
CREATE FUNCTION app_knows_support(support bigint) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN app_purpose() = 'system' OR EXISTS (
        SELECT 1 FROM support_supportperson r WHERE r.support_id = support AND app_knows_person(r.person_id)
    );
END $$;
CREATE FUNCTION app_reads_facts(person bigint) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN app_works_with(person) OR ((app_leads_all() OR app_leads() <> '{{}}') AND EXISTS (
        SELECT 1 FROM people_person p
        WHERE p.id = person AND NOT p.protected AND (app_leads_all() OR p.point_id = ANY(app_leads()))
    ));
END $$;
CREATE FUNCTION app_in_case(file bigint) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN app_purpose() = 'system' OR EXISTS (
        SELECT 1 FROM casework_casemember t WHERE t.case_id = file AND t.user_id = app_uid() AND {now}
    );
END $$;
"""
# Whoever has just been let in is in, also where the clocks of application and database differ a little.
NOW = (
    "t.starts_at <= statement_timestamp() + interval '5 seconds'"
    " AND (t.ends_at IS NULL OR t.ends_at > statement_timestamp())"
)
FUNCTIONS = TEMPLATE.replace("{now}", NOW).replace("{{}}", "{}")
NO_FUNCTIONS = """
DROP FUNCTION app_in_case(bigint); DROP FUNCTION app_reads_facts(bigint); DROP FUNCTION app_knows_support(bigint);
DROP FUNCTION app_knows_person(bigint); DROP FUNCTION app_works_with(bigint); DROP FUNCTION app_reaches_all();
DROP FUNCTION app_acts(); DROP FUNCTION app_uid(); DROP FUNCTION app_org(); DROP FUNCTION app_purpose();
DROP FUNCTION app_leads_all(); DROP FUNCTION app_leads();
"""
SYSTEM = "(SELECT app_purpose()) = 'system'"
COUNTED = "(SELECT app_purpose()) IN ('system', 'statistics')"
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
# which is theirs is asked only where there is anything to be apart from (docs/decisions/0032).
WHOSE = """
CREATE FUNCTION app_is_apart() RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN NOT app_reaches_all() AND (SELECT count(*) > 1 FROM team_organisation);
END $$;
-- They look with the owner's eyes: a lock that asked another's lock would go round in circles.
CREATE FUNCTION app_owns_person(person bigint) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM people_person p WHERE p.id = person AND p.organisation_id = app_org());
END $$;
CREATE FUNCTION app_owns_support(support bigint) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM support_support s WHERE s.id = support AND s.organisation_id = app_org());
END $$;
CREATE FUNCTION app_owns_case(file bigint) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- A file's first member is written before the file itself.
    RETURN NOT EXISTS (SELECT 1 FROM casework_casefile c WHERE c.id = file AND c.organisation_id <> app_org());
END $$;
REVOKE ALL ON FUNCTION app_owns_person(bigint), app_owns_support(bigint), app_owns_case(bigint) FROM PUBLIC;
"""
NOT_WHOSE = """
DROP FUNCTION app_owns_case(bigint); DROP FUNCTION app_owns_support(bigint); DROP FUNCTION app_owns_person(bigint);
DROP FUNCTION app_is_apart();
"""
OURS = "(NOT (SELECT app_is_apart()) OR app_owns_{}({}))"
ALL = "(SELECT app_reaches_all())"
# Views of personal data. They look with the owner's eyes, so each asks by itself who acts (docs/decisions/0032).
VIEWS = ("people_namesearch",)


@dataclass(frozen=True)
class Lock:
    """SQL conditions: rows that the application's role may read, and rows that it may write where that differs.

    Each model declares one in its `class Privacy`, or says there why it is `unlocked`; a migration of its module makes
    it (`lock` below), and tests/access/test_locks.py holds the two against each other.
    """

    seen: str
    written: str = ""


def own(also: str = "", *, written: str = "") -> Lock:
    """Rows of the organisation that acts, in `organisation_id`; of those, where `also` holds."""
    return Lock(f"{OWN} AND {also}" if also else OWN, written)


def mine() -> Lock:
    """Rows of the organisation that acts, for whoever made them: `by_id`."""
    return own(f"({SYSTEM} OR by_id = (SELECT app_uid()))")


def under(table: str, column: str) -> Lock:
    """Rows whose parent is seen, for few parents: the whole set of them is asked once."""
    return Lock(f"{column} IN (SELECT id FROM {table})")  # noqa: S608 - names of our own


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


def lock(table: str, seen: str, written: str = "") -> migrations.RunSQL:
    """Row-level security on a table: only rows for which `seen` holds are read or written (`written`: that instead)."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; CREATE POLICY need_to_know ON {table} USING ({seen})"
        f" WITH CHECK ({written or seen})",
        f"DROP POLICY need_to_know ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    )


def relock(table: str, seen: str, before: str, *, written: str = "") -> migrations.RunSQL:
    """Another condition for a table that is locked already; `before` is the one that it had."""
    change = "ALTER POLICY need_to_know ON {} USING ({}) WITH CHECK ({})"
    return migrations.RunSQL(
        change.format(table, seen, written or seen), change.format(table, before, written or before)
    )
