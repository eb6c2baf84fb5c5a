"""Who acts: a plain value that views, jobs and exports hand to queries and actions."""

from dataclasses import dataclass, field

from .rights import Right, every

# Points that somebody works at: None means all of the organisation, those to come included.
Points = frozenset[int] | None


class Forbidden(Exception):
    """The actor lacks a right. Shown as "not found", so that a refusal tells nothing."""


@dataclass(frozen=True)
class Actor:
    """A member of staff in one organisation, or the system with a purpose.

    `point_id` is the point where the actor works today (None: no one point). `points` are those whose records are
    theirs to use, `leads` those that they lead (None: all).
    """

    user_id: int | None
    name: str
    organisation_id: int
    point_id: int | None = None
    roles: frozenset[str] = frozenset()
    rights: frozenset[Right] = field(default=frozenset())
    purpose: str = ""
    points: Points = None
    leads: Points = frozenset()

    @property
    def is_system(self) -> bool:
        """Whether nobody in person acts: a job, an import, the demo."""
        return self.user_id is None

    def can(self, right: Right) -> bool:
        """Whether any of the actor's roles carries this right."""
        return right in self.rights

    def require(self, *rights: Right) -> None:
        """Raise Forbidden unless the actor has every one of these rights."""
        missing = [right for right in rights if right not in self.rights]
        if missing:
            raise Forbidden(", ".join(missing))

    def works_at(self, point_id: int | None) -> bool:
        """Whether this point's records are the actor's to use."""
        return self.points is None or point_id in self.points

    def leads_at(self, point_id: int | None) -> bool:
        """Whether the actor leads this point."""
        return self.leads is None or point_id in self.leads


def system(organisation_id: int, purpose: str) -> Actor:
    """The system acting for an organisation (a job, an import, the demo): all rights, a stated purpose."""
    return Actor(None, "system", organisation_id, rights=frozenset(every()), purpose=purpose, leads=None)
