"""Functions of locks that ask tables of casework. See people.locks for how they are written."""

from przystan.access.locks import NOW

FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION app_in_case(file bigint) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN app_purpose() = 'system' OR EXISTS (
        SELECT 1 FROM casework_casemember t WHERE t.case_id = file AND t.user_id = app_uid() AND {NOW}
    );
END $$;
CREATE OR REPLACE FUNCTION app_owns_case(file bigint) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- A file's first member is written before the file itself.
    RETURN NOT EXISTS (SELECT 1 FROM casework_casefile c WHERE c.id = file AND c.organisation_id <> app_org());
END $$;
"""  # noqa: S608 - of constants
