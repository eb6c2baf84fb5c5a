"""Locks of what is kept of figures (docs/decisions/0049). See people.locks for how functions are written."""

from przystan.access.locks import ALL, COUNTED, OURS, OWN, SYSTEM, Lock, own

FUNCTIONS = """
CREATE OR REPLACE FUNCTION app_owns_note(what text, row_id bigint) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE
    COST 1 SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN CASE
        WHEN what = 'all' THEN true
        WHEN what = 'person' THEN EXISTS (
            SELECT 1 FROM people_person x WHERE x.id = row_id AND x.organisation_id = app_org()
        )
        WHEN what = 'household' THEN EXISTS (
            SELECT 1 FROM people_household x WHERE x.id = row_id AND x.organisation_id = app_org()
        )
        WHEN what = 'support' THEN EXISTS (
            SELECT 1 FROM support_support x WHERE x.id = row_id AND x.organisation_id = app_org()
        )
        WHEN what = 'result' THEN EXISTS (
            SELECT 1 FROM results_result x WHERE x.id = row_id AND x.organisation_id = app_org()
        )
        ELSE EXISTS (SELECT 1 FROM funding_programme x WHERE x.id = row_id AND x.organisation_id = app_org())
    END;
END $$;
"""


def of_notes() -> Lock:
    """Read where numbers are counted, of one's own organisation: by what the note is about, as a trigger looks nothing
    up. No note is needed of what is no more: whatever hung on it is gone too, and left notes of its own. Triggers
    alone write them, with the owner's eyes; the job that has seen all takes them away."""
    return Lock(f"{COUNTED} AND ({ALL} OR {OURS.format('note', 'what, key')})", "false", removed=ALL)


def of_figures() -> Lock:
    """Read where numbers are counted, which any page may do; written by the system, which no page is."""
    return own(f"({COUNTED})", written=f"{OWN} AND {SYSTEM}", removed=SYSTEM)
