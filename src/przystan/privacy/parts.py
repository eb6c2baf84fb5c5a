"""What privacy adds to other modules' pages: what waits on Today, what a person has read, that a copy was asked for."""

from dataclasses import dataclass
from typing import Any

from przystan.access.actors import Actor
from przystan.access.keys.unlocked import has_key
from przystan.access.modules import holders
from przystan.people.models import Person
from przystan.people.rights import PEOPLE_ANSWER, PEOPLE_WRITE

from . import queries
from .actions.notices import PURPOSE
from .models import Erasure, SubjectRequest
from .queries.emergency_key import Key
from .queries.notices import notices_of
from .queries.releasing import File


@dataclass(frozen=True)
class Waits:
    """What waits for one member of staff."""

    approvals: int
    reviews: int
    late_reviews: int
    requests: list[SubjectRequest]
    erasures: list[Erasure]
    files: list[tuple[File, SubjectRequest]]
    key: Key | None

    @property
    def any(self) -> bool:
        looks = self.approvals or self.reviews or self.late_reviews
        return bool(looks or self.requests or self.erasures or self.files or self.key)


def waits_for(actor: Actor) -> Waits:
    """Each part only for those whose work it is."""
    key = queries.key_planned(actor)
    return Waits(
        len(queries.glass.waiting(actor)),
        len(queries.glass.to_review(actor)),
        queries.glass.late(actor),
        list(queries.open_requests(actor)[:20]) if actor.can(PEOPLE_ANSWER) else [],
        queries.to_confirm(actor),
        queries.files_asked_for(actor),
        key if key and key.confirms else None,
    )


def today(actor: Actor) -> dict[str, object] | None:
    """What waits for the actor; None when nothing does."""
    waits = waits_for(actor)
    return {"waits": waits} if waits.any else None


def notices(actor: Actor, person: Person) -> dict[str, object]:
    """What the person has read about their data, and a way to ask them to."""
    return {
        "person": person,
        "purpose": PURPOSE,
        "notices": list(notices_of(actor, person)),
        "can_ask": actor.can(PEOPLE_WRITE) and not person.protected,
    }


def file_asked(actor: Actor, row: Any) -> dict[str, object] | None:
    """That the person of a file (a row of a holder) asked for a copy, for who leads the file."""
    file = File(holders()[row._meta.label_lower], row)
    asked = queries.asked_of(actor, file) if actor.can(file.holder.right) else None
    if asked is None:
        return None
    return {"file": file, "asked": asked, "release": queries.release_of(file, asked), "locked": not has_key(actor)}
