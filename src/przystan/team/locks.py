"""Functions of locks that ask tables of team."""

# Whether there is anything to be apart from.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION app_is_apart() RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN NOT app_reaches_all() AND (SELECT count(*) > 1 FROM team_organisation);
END $$;
"""
