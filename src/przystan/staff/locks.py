"""Locks on rows about somebody who works here: read by themselves and who leads them, written by who leads them."""

from dataclasses import replace

from przystan.access.locks import OWN, SYSTEM, Lock, own, under

WORKER = "staff_worker"
UID = "(SELECT app_uid())"
LEADS = "((SELECT app_leads_all()) OR {x}point_id = ANY(app_leads()))"
# Of a worker x: their own account asks, or who leads their point; who belongs to all points, who leads all.
NEAR = f"x.user_id = {UID} OR (SELECT app_leads_all()) OR x.point_id = ANY(app_leads())"
# Who leads them, and is somebody else: nobody writes down what lets themselves work.
LED = f"({SYSTEM} OR ({{x}}user_id IS DISTINCT FROM {UID} AND {LEADS}))"
COUNTED = "(SELECT app_purpose()) IN ('system', 'statistics')"


def of_workers() -> Lock:
    """Those who work here: the organisation reads who there is, who leads them writes it."""
    written = f"{OWN} AND {LED.format(x='')}"
    return own(written=written, removed=written)


def of_worker(column: str = "worker_id", *, decides: bool = False, stays: bool = False) -> Lock:
    """Rows about a worker of the organisation, for themselves and who leads their point; written by the latter.

    `decides`: the gate reads them for everybody, and tells verdicts only (`scope.counting`). `stays`: none is deleted,
    but when who it is about is erased.
    """
    purpose, written = COUNTED if decides else SYSTEM, _of(column, LED.format(x="x."))
    return Lock(_of(column, f"({purpose} OR {NEAR})"), written, removed=SYSTEM if stays else written)


def under_worker() -> Lock:
    """Rows that are read by whoever sees the worker, and written by who leads them."""
    written = _of("worker_id", LED.format(x="x."))
    return replace(under(WORKER, "worker_id"), written=written, removed=written)


def of_hours() -> Lock:
    """As rows about a worker, and for the colleague for whom the hour was. Who notes one is the worker or leads them,
    under their own name; who confirms it comes later; none is deleted."""
    mine = f"for_user_id = {UID}"
    near = of_worker().seen
    return own(
        f"({mine} OR {near})",
        written=f"{OWN} AND {_of('worker_id', f'({SYSTEM} OR {mine} OR {NEAR})')}",
        added=f"{SYSTEM} OR (noted_by_id = {UID} AND confirmed_at IS NULL AND {near})",
        removed=SYSTEM,
    )


def _of(column: str, holds: str) -> str:
    return f"EXISTS (SELECT 1 FROM {WORKER} x WHERE x.id = {column} AND {holds})"  # noqa: S608 - names of our own
