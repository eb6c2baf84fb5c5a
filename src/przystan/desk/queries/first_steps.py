"""What a new centre still lacks, for whoever can see to it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from przystan.access import anchors
from przystan.access.actors import Actor
from przystan.access.models import BackupRun
from przystan.access.rights import SETTINGS, Right
from przystan.funding.models import Programme
from przystan.funding.rights import PROGRAMMES_WRITE
from przystan.team.models import Membership, OfficeHours, Organisation
from przystan.team.rights import TEAM_WRITE

THEIRS = OuterRef("pk")


@dataclass(frozen=True)
class FirstStep:
    """Something to do once, and the page where it is done ("": on the server)."""

    key: str
    right: Right
    url: str
    title: str | Promise
    why: str | Promise


STEPS = [
    FirstStep(
        "hours",
        SETTINGS,
        "team:points",
        _("Points and hours"),
        _("Where you receive people, and when. The town of a point decides which programmes may pay there."),
    ),
    FirstStep(
        "colleagues",
        TEAM_WRITE,
        "team:add",
        _("Your team"),
        _(
            "An account for each colleague. What opens much takes two people who lead: the second one is made on the"
            " server, by “przystan user add”."
        ),
    ),
    FirstStep(
        "programmes",
        PROGRAMMES_WRITE,
        "funding:add",
        _("Who pays"),
        _("The programmes of today, by hand or from a file. Until then supports are logged without a payer."),
    ),
    FirstStep(
        "copies",
        SETTINGS,
        "",
        _("Copies in another place"),
        _(
            "Whoever runs the server keeps the backups, their keys and the ends of the audit log where nobody who gets"
            " into the server can reach them: “przystan backup”, “przystan audit anchor” (docs/operator/running.md)."
        ),
    ),
]


def first_steps(actor: Actor) -> list[FirstStep]:
    """Steps that this actor may take and nobody has taken yet. One query, none for who may take none."""
    mine = [step for step in STEPS if actor.can(step.right)]
    if not mine or actor.is_system:
        return []
    done: dict[str, Any] = {
        "hours": Exists(OfficeHours.objects.filter(point__organisation=THEIRS)),
        "colleagues": Exists(Membership.objects.filter(organisation=THEIRS).exclude(user_id=actor.user_id or 0)),
        "programmes": Exists(Programme.objects.filter(organisation=THEIRS)),
        "copies": _copies(),
    }
    asked = {f"has_{step.key}": done[step.key] for step in mine}
    found: Any = Organisation.objects.annotate(**asked).get(pk=actor.organisation_id)
    return [step for step in mine if not getattr(found, f"has_{step.key}")]


def _copies() -> Any:
    """Whether there are copies elsewhere, as far as the server can know. A demo needs none."""
    if settings.DEMO:
        return Value(True)
    if not anchors.leave_the_server():
        return Value(False)
    return Value(True) if settings.BACKUPS_ELSEWHERE else Exists(BackupRun.objects.filter(fault=""))
