"""Locks of roles and new passwords, and functions of locks that ask tables of team."""

from przystan.access.locks import EVERYBODY, OWN, SYSTEM, Lock, own, same, same_but, signed

# Whether there is anything to be apart from.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION app_is_apart() RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN NOT app_reaches_all() AND (SELECT count(*) > 1 FROM team_organisation);
END $$;
"""


def of_roles() -> Lock:
    """Roles are asked to find out who acts, before anybody does: all are read.

    One is given in the organisation that acts, never to oneself; as agreed to by nobody, and if asked for, under one's
    own name. It is agreed to once, by a second person, and can end, but an end is not taken back.
    """
    ours = f"{OWN} AND user_id IS DISTINCT FROM (SELECT app_uid())"
    asked = "confirmed_by_id IS NULL AND (asked_by_id IS NULL OR asked_by_id = (SELECT app_uid()))"
    given = f"{same_but('confirmed_by_id', 'valid_from', 'valid_to')} AND {signed('confirmed_by_id', 'asked_by_id')}"
    agreed = "OLD.confirmed_by_id IS NULL AND NEW.confirmed_by_id = app_uid()"
    begun = f"({same('valid_from')} OR ({same('valid_to')} AND {agreed}))"
    ended = f"({same('valid_to')} OR OLD.valid_to IS NULL OR NEW.valid_to < OLD.valid_to)"
    theirs = "OLD.organisation_id = app_org() AND OLD.user_id IS DISTINCT FROM app_uid()"
    return Lock(
        EVERYBODY,
        added=f"{SYSTEM} OR ({ours} AND {asked})",
        removed=f"{SYSTEM} OR ({ours})",
        changed=f"{SYSTEM} OR ({theirs} AND {given} AND {begun} AND {ended})",
    )


def of_resets() -> Lock:
    """New passwords are asked for under one's own name, for another, and confirmed once, by a third person."""
    asked = (
        "asked_by_id = (SELECT app_uid()) AND user_id IS DISTINCT FROM (SELECT app_uid()) AND confirmed_by_id IS NULL"
    )
    once = signed("confirmed_by_id", "asked_by_id", "user_id", at="confirmed_at")
    return own(
        added=f"{SYSTEM} OR ({asked})",
        changed=f"{SYSTEM} OR ({same_but('confirmed_by_id', 'confirmed_at')} AND {once})",
    )
