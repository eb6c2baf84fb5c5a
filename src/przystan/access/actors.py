"""Who acts: a plain value that views, jobs and exports hand to queries and actions."""

from dataclasses import dataclass, field

from .rights import Right


class Forbidden(Exception):
    """The actor lacks a right. Shown as "not found", so that a refusal tells nothing."""


@dataclass(frozen=True)
class Actor:
    """A member of staff in one organisation, or the system with a purpose.

    `point_id` is the point where the actor works today (None: all points of the organisation).
    """

    user_id: int | None
    name: str
    organisation_id: int
    point_id: int | None = None
    roles: frozenset[str] = frozenset()
    rights: frozenset[Right] = field(default=frozenset())
    purpose: str = ""

    def can(self, right: Right) -> bool:
        """Whether any of the actor's roles carries this right."""
        return right in self.rights

    def require(self, *rights: Right) -> None:
        """Raise Forbidden unless the actor has every one of these rights."""
        missing = [right for right in rights if right not in self.rights]
        if missing:
            raise Forbidden(", ".join(missing))


def system(organisation_id: int, purpose: str) -> Actor:
    """The system acting for an organisation (a job, an import, the demo): all rights, a stated purpose."""
    return Actor(None, "system", organisation_id, rights=frozenset(Right), purpose=purpose)
