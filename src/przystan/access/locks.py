"""The second lock: row-level security, written once for every table of tier 2 and above.

The policies ask the settings that `access.scope` makes for each transaction. Without them: no rows. The owner of the
tables (migrations, the demo's building, backups) is not bound by them; the application's role is.
"""

from django.db import migrations

# NULL where nothing is set. Wrapped as (SELECT f()) in policies, so that PostgreSQL asks once for each statement.
FUNCTIONS = """
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
"""
NO_FUNCTIONS = """
DROP FUNCTION app_uid(); DROP FUNCTION app_org(); DROP FUNCTION app_purpose();
DROP FUNCTION app_leads_all(); DROP FUNCTION app_leads();
"""
SYSTEM = "(SELECT app_purpose()) = 'system'"
COUNTED = "(SELECT app_purpose()) IN ('system', 'statistics')"
# In a number nobody is protected, not even for those who know of them: two readers of one report see the same.
NOT_COUNTING = "(SELECT app_purpose()) <> 'statistics'"
# Somebody acts, whoever it is: for tables that are asked by other tables' locks, or too often for more.
SOMEBODY = "((SELECT app_org()) IS NOT NULL OR (SELECT app_purpose()) = 'system')"
# The system acts for one organisation, or for the whole installation when it names none.
OWN = "(organisation_id = (SELECT app_org()) OR ((SELECT app_org()) IS NULL AND (SELECT app_purpose()) = 'system'))"
# Whoever has just been let in is in, also where the clocks of application and database differ a little.
NOW = (
    "{0}.starts_at <= statement_timestamp() + interval '5 seconds'"
    " AND ({0}.ends_at IS NULL OR {0}.ends_at > statement_timestamp())"
)
MY_PEOPLE = f"SELECT t.person_id FROM people_teammember t WHERE t.user_id = (SELECT app_uid()) AND {NOW.format('t')}"  # noqa: S608 - constants
MY_CASES = f"SELECT m.case_id FROM casework_casemember m WHERE m.user_id = (SELECT app_uid()) AND {NOW.format('m')}"  # noqa: S608 - constants
LED = "(SELECT app_leads_all()) OR p.point_id = ANY((SELECT app_leads())::bigint[])"


def fact_of(column: str = "person_id") -> str:
    """Condition for a sensitive fact of a person: their team, who leads their point, or a count."""
    person = f"SELECT 1 FROM people_person p WHERE p.id = {column} AND NOT p.protected AND ({LED})"  # noqa: S608 - of constants
    return (
        f"{COUNTED} OR {column} IN ({MY_PEOPLE})"
        f" OR (((SELECT app_leads_all()) OR (SELECT app_leads()) <> '{{}}') AND EXISTS ({person}))"
    )


def lock(table: str, seen: str) -> migrations.RunSQL:
    """Row-level security on a table: only rows for which `seen` holds are read or written."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; CREATE POLICY need_to_know ON {table} USING ({seen})",
        f"DROP POLICY need_to_know ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    )


def also(table: str, seen: str) -> migrations.RunSQL:
    """A second condition for a table that has its lock: both must hold."""
    return migrations.RunSQL(
        f"CREATE POLICY also ON {table} AS RESTRICTIVE USING ({seen})", f"DROP POLICY also ON {table}"
    )
