"""Locks on rows about somebody who works here."""

from przystan.access.locks import SYSTEM, Lock, own

WORKER = "staff_worker"
# Of a worker x: their own account asks, or who leads their point; who belongs to all points, who leads all.
NEAR = "x.user_id = (SELECT app_uid()) OR (SELECT app_leads_all()) OR x.point_id = ANY(app_leads())"
COUNTED = "(SELECT app_purpose()) IN ('system', 'statistics')"


def of_worker(column: str = "worker_id", *, decides: bool = False) -> Lock:
    """Rows about a worker of the organisation, for themselves and who leads their point.

    `decides`: the gate reads them for everybody, and tells verdicts only (`scope.counting`).
    """
    purpose = COUNTED if decides else SYSTEM
    return Lock(f"EXISTS (SELECT 1 FROM {WORKER} x WHERE x.id = {column} AND ({purpose} OR {NEAR}))")  # noqa: S608


def of_hours() -> Lock:
    """As rows about a worker, and for the colleague for whom the hour was."""
    mine = "for_user_id = (SELECT app_uid())"
    return own(f"({mine} OR {of_worker().seen})")
