"""Who may do what to a person."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from przystan.access.actors import Actor, Forbidden
from przystan.access.decisions import Decision, Standing, decide, verdict
from przystan.access.rights import Right
from przystan.access.tiers import Tier, tiers_of
from przystan.team.rights import ACCESS_GRANT

from .enums import TeamSource
from .rights import (
    CONSENTS_SIGNERS,
    PEOPLE_ANSWER,
    PEOPLE_ANSWER_ANYBODY,
    PEOPLE_MERGE,
    PEOPLE_PROTECT,
    PEOPLE_READ,
    PEOPLE_WRITE,
)

if TYPE_CHECKING:
    from .models import Person


def sensitive(actor: Actor, person: "Person", right: Right = PEOPLE_READ) -> Decision:
    """The decision on what is sensitive about a person (tier 2): citizenship, title to stay, household, relatives."""
    decision = decide(actor, right, person)
    if not decision.allowed:
        return decision
    return verdict(max(Tier.T2, person.least_tier), person.standing_of(actor))


def open_fields(actor: Actor, person: "Person", model: type[Model]) -> frozenset[str]:
    """Names of the fields of a kind of fact that the actor may read and write for this person."""
    tiers = tiers_of(model.Privacy)  # type: ignore[attr-defined]
    most = Tier.T2 if sensitive(actor, person).allowed else Tier.T1
    return frozenset(name for name, tier in tiers.items() if tier <= most)


def tier_of(model: type[Model]) -> Tier:
    """How sensitive such a fact is as a whole: `least` of its class Privacy, else the least of what it tells."""
    privacy: Any = model.Privacy  # type: ignore[attr-defined]
    told = (tier for tier in tiers_of(privacy).values() if tier > Tier.T0)
    return Tier(getattr(privacy, "least", 0) or min(told, default=Tier.T0))


def require_write(actor: Actor, *people: "Person") -> None:
    """Raise Forbidden unless the actor may change every one of them; ValidationError while one is restricted."""
    actor.require(PEOPLE_WRITE)
    _require_own(actor, people)
    _require(actor, PEOPLE_WRITE, people)
    _require_used(actor, people)


def require_fact(actor: Actor, fact: Any) -> None:
    """`require_write` for the person of a fact; Forbidden also when such a fact is too sensitive for the actor."""
    require_write(actor, fact.person)
    if tier_of(type(fact)) >= Tier.T2:
        require_sensitive(actor, fact.person)


def require_sensitive(actor: Actor, *people: "Person") -> None:
    """Raise Forbidden unless the actor works with every one of them, or leads their points."""
    if not all(actor.is_system or sensitive(actor, person).allowed for person in people):
        raise Forbidden("people.sensitive")


def lasting(actor: Actor, person: "Person") -> bool:
    """Whether the actor is more to this person than somebody who broke the glass: an emergency look begets nothing."""
    here = actor.works_at(person.point_id) or actor.leads_at(person.point_id)
    return actor.is_system or (here and not person.protected) or _in_team_for_good(actor, person)


def may_join(actor: Actor, person: "Person") -> bool:
    """Say "I work with this person now": whoever registers people, at the point where the person belongs."""
    here = actor.user_id is not None and actor.works_at(person.point_id)
    return here and decide(actor, PEOPLE_WRITE, person).allowed


def may_lead(actor: Actor, person: "Person") -> bool:
    """Say who works with a person: who leads their point. For protected people see `may_protect`."""
    return not person.protected and decide(actor, ACCESS_GRANT, person).allowed and actor.leads_at(person.point_id)


def may_protect(actor: Actor, person: "Person") -> bool:
    """Protect a person, or change who knows of them: who works with them, by a role that protects."""
    known = decide(actor, PEOPLE_PROTECT, person).allowed and person.standing_of(actor) is Standing.TEAM
    return known and _in_team_for_good(actor, person)


def _in_team_for_good(actor: Actor, person: "Person") -> bool:
    team: Any = type(person).objects.team_of(actor)
    return bool(team.filter(person=person).exclude(source=TeamSource.GLASS).exists())


def require_protect(actor: Actor, person: "Person") -> None:
    """Raise Forbidden unless `may_protect`."""
    if not may_protect(actor, person):
        raise Forbidden("person.protect")


def require_join(actor: Actor, person: "Person") -> None:
    """Raise Forbidden unless `may_join`."""
    if not may_join(actor, person):
        raise Forbidden("team.join")


def require_lead(actor: Actor, person: "Person") -> None:
    """Raise Forbidden unless `may_lead`."""
    if not may_lead(actor, person):
        raise Forbidden("team.lead")


def require_merge(actor: Actor, *people: "Person") -> None:
    """Raise Forbidden unless the actor may decide that these records are one person, or are not."""
    actor.require(PEOPLE_MERGE)
    _require_own(actor, people)
    require_sensitive(actor, *people)


def answers(actor: Actor, person: "Person") -> bool:
    """Whether the actor has the right to answer such a person about their data: protected ones, or anybody."""
    return actor.can(PEOPLE_ANSWER if person.protected else PEOPLE_ANSWER_ANYBODY)


def _require(actor: Actor, right: Right, people: "tuple[Person, ...]") -> None:
    if not all(actor.is_system or decide(actor, right, person).allowed for person in people):
        raise Forbidden(right)


def _require_used(actor: Actor, people: "tuple[Person, ...]") -> None:
    """GDPR Art. 18: what is restricted is kept and not used, except to answer the person."""
    if any(person.restricted_on and not answers(actor, person) for person in people):
        raise ValidationError(_("The data of this person may only be kept now, not changed. Ask your coordinator."))


def _require_own(actor: Actor, people: "tuple[Person, ...]") -> None:
    if any(person.organisation_id != actor.organisation_id for person in people):
        raise Forbidden("a person of another organisation")


def may_set_signers(actor: Actor) -> bool:
    """Whether the actor may say who signs for a consent: whose right is for all points: all children are meant."""
    return actor.can(CONSENTS_SIGNERS) and actor.points is None
