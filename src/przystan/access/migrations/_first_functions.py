"""The functions of locks as the first migrations made them. Each stands now with the tables that it asks, in `locks.py`
of its module, and a migration of that module has made it anew; here is what 0002 and 0006 run."""

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
