"""Locks on rows about a person, for every module that keeps such rows."""

from przystan.access.locks import ALL, NOW, OURS, Lock, each_under

PERSON = "people_person"
# Asked for few rows, in a language that is not unfolded into the question: else planning takes longer than finding.
# `app_owns_…` look with the owner's eyes: a lock that asked another's lock would go round in circles.
FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION app_works_with(person bigint) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM people_teammember t WHERE t.person_id = person AND t.user_id = app_uid() AND {NOW}
    );
END $$;
CREATE OR REPLACE FUNCTION app_knows_person(person bigint) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN app_purpose() = 'system' OR (app_purpose() <> 'statistics' AND app_works_with(person));
END $$;
CREATE OR REPLACE FUNCTION app_reads_facts(person bigint) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN app_works_with(person) OR ((app_leads_all() OR app_leads() <> '{{}}') AND EXISTS (
        SELECT 1 FROM people_person p
        WHERE p.id = person AND NOT p.protected AND (app_leads_all() OR p.point_id = ANY(app_leads()))
    ));
END $$;
CREATE OR REPLACE FUNCTION app_owns_person(person bigint) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM people_person p WHERE p.id = person AND p.organisation_id = app_org());
END $$;
"""  # noqa: S608 - of constants


def of_person(column: str = "person_id", *, sensitive: bool = False, counted: bool = False, written: str = "") -> Lock:
    """Rows about a person whom the actor may see.

    `sensitive`: tier 2, only for who works with the person or leads their point. `counted`: numbers are made of them.
    """
    seen = each_under(PERSON, column).seen
    if sensitive:
        seen = f"CASE WHEN (SELECT app_purpose()) = 'system' THEN {seen} ELSE app_reads_facts({column}) END"
    numbers = f"(SELECT app_purpose()) = 'statistics' AND {OURS.format('person', column)} OR " if counted else ""
    return Lock(f"{ALL} OR {numbers}{seen}", written)
