"""Who may write what down about whom."""

from typing import TYPE_CHECKING

from przystan.access.actors import Actor, Forbidden
from przystan.access.decisions import Standing

from .rights import STAFF_WRITE

if TYPE_CHECKING:
    from przystan.links.models import Link

    from .models import Hour, Worker
    from .models.kinds import Rule


def require_leading(by: Actor, worker: "Worker") -> None:
    """Raise Forbidden unless the actor leads where the worker works, and is somebody else: nobody writes down what lets
    themselves work."""
    by.require(STAFF_WRITE)
    if not by.is_system and worker.standing_of(by) is not Standing.LEAD:
        raise Forbidden("leads nobody here, or is it themselves")


def may_note(by: Actor, worker: "Worker") -> bool:
    """Whether the actor may note hours of this worker: their own, or as who leads them."""
    standing = worker.standing_of(by)
    return standing is Standing.TEAM or (standing is Standing.LEAD and by.can(STAFF_WRITE))


def may_confirm(by: Actor, hour: "Hour") -> bool:
    """Whether the actor can be the second person: never who noted it; for whom it was, who leads, or the worker."""
    if by.user_id is None or hour.noted_by_id == by.user_id:
        return False
    standing = hour.standing_of(by)
    return standing is Standing.TEAM or (standing is Standing.LEAD and by.can(STAFF_WRITE))


def may_ask(by: Actor, hour: "Hour") -> bool:
    """Whether the actor can hand out a link that asks the worker: never who noted it, for they would hold both words;
    and nobody where the worker has an account, or had one."""
    noted = hour.noted_by_id is not None and hour.noted_by_id == by.user_id
    return hour.asks_worker and not noted and not hour.worker.logs_in


def may_ask_rule(by: Actor) -> bool:
    """Whether the actor may ask for another rule: who leads all points, for all of them are meant."""
    return by.can(STAFF_WRITE) and by.leads is None and by.user_id is not None


def may_confirm_rule(by: Actor, rule: "Rule") -> bool:
    """Whether the actor can be the second person to a change: who could have asked for it, and did not."""
    return may_ask_rule(by) and rule.organisation_id == by.organisation_id and rule.asked_by_id != by.user_id


def is_second_word(link: "Link", hour: "Hour") -> bool:
    """Whether somebody else handed out the link than who noted the hour."""
    return hour.noted_by_id is None or hour.noted_by_id != link.by_id
