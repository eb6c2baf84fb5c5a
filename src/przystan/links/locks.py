"""Locks on rows that a link asks about, for every module that keeps such rows."""

from dataclasses import replace

from przystan.access.locks import OWN, SYSTEM, Lock, each_under, just_now, same, same_but, signed

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
MAKER = "EXISTS (SELECT 1 FROM links_link x WHERE x.id = link_id AND x.by_id = (SELECT app_uid()))"
RENEWED = (
    *("digest", "code", "language", "uses", "wrong_codes"),
    *("by_id", "made_at", "expires_at", "opened_at", "silent_at"),
)


def of_links() -> Lock:
    """Links of the organisation, and to who holds one, that one. Made under one's own name, deleted by the system.

    Its bearer opens it, tries its code and answers. Staff end it; or make it anew, in the name of who does, as long as
    it was not answered or ended. With another token it is thus another's word to answer for, or leads nowhere.
    """
    answered = f"OLD.digest = app_held() AND {same_but('opened_at', 'answered_at', 'used', 'wrong_codes')}"
    ends = ("revoked_at", "revoked_by_id")
    ended = f"{same_but('digest', 'code', *ends)} AND NEW.revoked_at IS NOT NULL AND {signed(ends[1], at=ends[0])}"
    renewed = f"{same_but(*RENEWED)} AND NEW.by_id = app_uid() AND OLD.used = 0 AND OLD.revoked_at IS NULL"
    return Lock(
        f"{OWN} OR digest = (SELECT app_held())",
        added=f"{SYSTEM} OR by_id = (SELECT app_uid())",
        removed=SYSTEM,
        changed=f"{SYSTEM} OR ({answered}) OR ({ended}) OR ({renewed})",
    )


def of_reminders() -> Lock:
    """Reminders of the links that are seen: made by the job, sent in one's own name, and gone only when who made the
    link, or makes it anew, asks again."""
    sent = f"{just_now('done_at')} AND (NEW.done_by_id IS NULL OR NEW.done_by_id = app_uid())"
    stays = same("done_at", "done_by_id")
    return replace(
        each_under("links_link", "link_id"),
        added=SYSTEM,
        removed=f"{SYSTEM} OR {MAKER}",
        changed=f"{SYSTEM} OR ({same('link_id', 'number', 'due_at')} AND ({stays} OR ({sent})))",
    )


def or_held(lock: Lock, column: str = "link_id") -> Lock:
    """Rows that `lock` opens, and to who holds a link the one row that it asks about: `lock = or_held(of_person())`."""
    held = f"{column} = (SELECT app_link()) OR "
    written = f"{held}({lock.written})" if lock.written else ""
    return replace(lock, seen=f"{held}({lock.seen})", written=written)
