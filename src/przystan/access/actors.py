"""Who acts: a plain value that views, jobs and exports hand to queries and actions."""

from dataclasses import dataclass, field

from .rights import Right, every

# Points that somebody works at: None means all of the organisation, those to come included.
Points = frozenset[int] | None
STATISTICS = "statistics"  # the purpose for which SQL may read facts of everybody, and nothing of who is protected
BEARER = "link"  # in place of a name, in the audit log


class Forbidden(Exception):
    """The actor lacks a right. Shown as "not found", so that a refusal tells nothing."""


@dataclass(frozen=True)
class Actor:
    """A member of staff in one organisation, the system with a purpose, or the bearer of a link.

    `point_id` is the point where the actor works today (None: no one point). `points` are those whose records are
    theirs to use, `leads` those that they lead (None: all). `held` is the digest of the token of the one link by which
    somebody without an account acts: to the database they are nobody but that (`access.locks.HELD`).
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
    held: str = ""

    @property
    def is_system(self) -> bool:
        """Whether nobody in person acts: a job, an import, the demo."""
        return self.user_id is None and not self.held

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


def bearer(organisation_id: int, held: str, rights: frozenset[Right]) -> Actor:
    """Who holds the token of a link: no account, no role, no point, and what that link asks."""
    return Actor(None, "bearer", organisation_id, rights=rights, purpose=BEARER, points=frozenset(), held=held)


def counter(organisation_id: int) -> Actor:
    """The system, counting for an organisation what any of its staff may count: nothing of who is protected."""
    return system(organisation_id, STATISTICS)


def system(organisation_id: int, purpose: str) -> Actor:
    """The system acting for an organisation (a job, an import, the demo): all rights, a stated purpose."""
    return Actor(None, "system", organisation_id, rights=frozenset(every()), purpose=purpose, leads=None)
