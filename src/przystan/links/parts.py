"""What links add to pages of other modules: on Today, those that wait for who made them."""

from przystan.access.actors import Actor

from . import queries

ON_TODAY = 5


def today(actor: Actor) -> dict[str, object] | None:
    """Whom to remind, and who did not answer; None when nothing waits."""
    waits = list(queries.on_today(actor)[: ON_TODAY + 1])
    return {"lines": queries.lines(actor, waits[:ON_TODAY]), "more": len(waits) > ON_TODAY} if waits else None
