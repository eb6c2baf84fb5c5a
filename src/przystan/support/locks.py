"""Functions of locks that ask tables of support. See people.locks for how they are written."""

FUNCTIONS = """
CREATE OR REPLACE FUNCTION app_knows_support(support bigint) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN app_purpose() = 'system' OR EXISTS (
        SELECT 1 FROM support_supportperson r WHERE r.support_id = support AND app_knows_person(r.person_id)
    );
END $$;
CREATE OR REPLACE FUNCTION app_owns_support(support bigint) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM support_support s WHERE s.id = support AND s.organisation_id = app_org());
END $$;
"""
