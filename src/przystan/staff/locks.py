"""Locks on rows about somebody who works here: read by themselves and who leads them, written by who leads them."""

from dataclasses import replace

from przystan.access.locks import COUNTED, OWN, SYSTEM, Lock, just_now, or_shipped, own, same, same_but, signed, under

WORKER = "staff_worker"
UID = "(SELECT app_uid())"
LEADS = "((SELECT app_leads_all()) OR {x}point_id = ANY(app_leads()))"
# Of a worker x: their own account asks, or who leads their point; who belongs to all points, who leads all.
NEAR = f"x.user_id = {UID} OR (SELECT app_leads_all()) OR x.point_id = ANY(app_leads())"
# Who leads them, and is somebody else: nobody writes down what lets themselves work.
LED = f"({SYSTEM} OR ({{x}}user_id IS DISTINCT FROM {UID} AND {LEADS}))"
# A link that asks about an hour is handed out by somebody else than who noted it.
HANDED = (
    "EXISTS (SELECT 1 FROM links_link l WHERE l.id = NEW.link_id AND l.by_id = app_uid()"
    " AND l.by_id IS DISTINCT FROM NEW.noted_by_id)"
)
ANSWERED = (
    "NEW.link_id = app_link() AND EXISTS (SELECT 1 FROM links_link l WHERE l.id = NEW.link_id"
    " AND l.by_id IS DISTINCT FROM NEW.noted_by_id)"
)
STAYS = f"{SYSTEM} OR ({same('worker_id')})"  # a row is never another's from now on


def of_workers() -> Lock:
    """Those who work here: the organisation reads who there is, who leads them writes it, before as after."""
    written = f"{OWN} AND {LED.format(x='')}"
    return own(written=written, removed=written, changed=LED.format(x="OLD."))


def of_worker(column: str = "worker_id", *, decides: bool = False) -> Lock:
    """Rows about a worker of the organisation, for themselves and who leads their point; written by the latter.

    `decides`: the gate reads them for everybody, and tells verdicts only (`scope.counting`).
    """
    purpose, written = COUNTED if decides else SYSTEM, _of(column, LED.format(x="x."))
    return Lock(_of(column, f"({purpose} OR {NEAR})"), written, removed=written, changed=STAYS)


def of_papers(*, ends: str = "") -> Lock:
    """As rows about a worker that the gate reads, written under one's own name. None is deleted but when who it is
    about is erased, and none says another thing later: it is struck out once, and its last day, the column `ends`,
    comes sooner."""
    struck = same_but("struck_at", "struck_by_id", *([ends] if ends else []))
    sooner = f" AND ({same(ends)} OR OLD.{ends} IS NULL OR NEW.{ends} < OLD.{ends})" if ends else ""
    changed = f"{struck} AND OLD.struck_at IS NULL AND {signed('struck_by_id', at='struck_at')}{sooner}"
    return replace(
        of_worker(decides=True),
        added=f"{SYSTEM} OR (by_id = {UID} AND struck_at IS NULL)",
        removed=SYSTEM,
        changed=f"{SYSTEM} OR ({changed})",
    )


def under_worker() -> Lock:
    """Rows that are read by whoever sees the worker, and written by who leads them."""
    written = _of("worker_id", LED.format(x="x."))
    return replace(under(WORKER, "worker_id"), written=written, removed=written, changed=STAYS)


def of_hours() -> Lock:
    """As rows about a worker, and for the colleague for whom the hour was. Who notes one is the worker or leads them,
    under their own name; who confirms it comes later, and is another; nothing else changes, none is deleted."""
    mine = f"for_user_id = {UID}"
    near = of_worker().seen
    confirmed = ("confirmed_at", "confirmed_by_id", "confirmed_how")
    how = f"NEW.confirmed_how = 'account' OR (NEW.confirmed_how = 'link' AND {ANSWERED})"
    once = f"{same(*confirmed)} OR ({just_now('confirmed_at')} AND ({how}))"
    second = f"{signed('confirmed_by_id', 'noted_by_id')} AND ({once})"
    handed = f"{same('link_id')} OR NEW.link_id IS NULL OR {HANDED}"
    return own(
        f"({mine} OR {near})",
        written=f"{OWN} AND {_of('worker_id', f'({SYSTEM} OR {mine} OR {NEAR})')}",
        added=f"{SYSTEM} OR (noted_by_id = {UID} AND confirmed_at IS NULL AND link_id IS NULL AND {near})",
        removed=SYSTEM,
        changed=f"{SYSTEM} OR ({same_but('link_id', *confirmed)} AND {second} AND ({handed}))",
    )


def of_rules() -> Lock:
    """Rules: shipped ones, and those of the organisation. Who leads all points asks for one, another such confirms it,
    or it goes; nothing else is ever written."""
    leads, second = "app_leads_all()", signed("confirmed_by_id", "asked_by_id", at="confirmed_at")
    confirmed = f"{same_but('confirmed_at', 'confirmed_by_id')} AND {second}"
    return or_shipped(
        added=f"{SYSTEM} OR (asked_by_id = {UID} AND confirmed_at IS NULL AND {leads})",
        removed=f"{SYSTEM} OR (confirmed_at IS NULL AND (asked_by_id = {UID} OR {leads}))",
        changed=f"{SYSTEM} OR ({confirmed} AND {leads})",
    )


def _of(column: str, holds: str) -> str:
    return f"EXISTS (SELECT 1 FROM {WORKER} x WHERE x.id = {column} AND {holds})"  # noqa: S608 - names of our own
