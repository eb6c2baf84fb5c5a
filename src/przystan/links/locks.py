"""Locks on rows that a link asks about, for every module that keeps such rows."""

from dataclasses import replace

from przystan.access.locks import Lock

# The link that is held, as long as it may be answered: None for everybody who has an account.
FUNCTION = """
CREATE FUNCTION app_link() RETURNS bigint LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    IF app_held() IS NULL THEN RETURN NULL; END IF;
    RETURN (SELECT id FROM links_link WHERE digest = app_held() AND revoked_at IS NULL AND silent_at IS NULL
            AND used < uses AND wrong_codes < 5 AND expires_at > statement_timestamp());
END $$;
"""
NO_FUNCTION = "DROP FUNCTION app_link();"


def or_held(lock: Lock, column: str = "link_id") -> Lock:
    """Rows that `lock` opens, and to who holds a link the one row that it asks about: `lock = or_held(of_person())`."""
    held = f"{column} = (SELECT app_link()) OR "
    written = f"{held}({lock.written})" if lock.written else ""
    return replace(lock, seen=f"{held}({lock.seen})", written=written)
