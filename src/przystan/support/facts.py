"""What rules may ask of a support (`rules.facts`): the service, and the point that gives it. Of a result, the point."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from przystan.rules.facts import Fact, Rows, Tells, ValueKind
from przystan.rules.words import among

SERVICES = "SELECT id FROM support_service WHERE code"
POINTS = "SELECT id FROM team_point WHERE code"


@dataclass(frozen=True)
class Given:
    """One support, as rules see it: codes. A result is of no service: ""."""

    service: str
    point: str


POINT: Fact = Fact(
    code="point",
    of="support",
    kind=ValueKind.CODES,
    label=gettext_lazy("Point of the centre"),
    tells=Tells("support.Support.point"),
    codes=Rows("SELECT code, jsonb_build_object('pl', name) FROM team_point"),
    value=lambda given, day: {given.point},
    sql=lambda leaf, at: f"{at.row}.point_id IN ({POINTS} = ANY({at.name(list(leaf.codes))}))",
    cost=0,
    has=lambda leaf, given, day, names: _("point: %(name)s") % {"name": names(POINT, given.point)},
    asks=among(pgettext_lazy("this rule covers …", "people who come to this point: %(codes)s")),
    missing=lambda given: POINT.label,
)
SERVICE: Fact = Fact(
    code="service",
    of="support",
    kind=ValueKind.CODES,
    label=gettext_lazy("Service"),
    tells=Tells("support.Support.service"),
    codes=Rows("SELECT code, names FROM support_service"),
    value=lambda given, day: {given.service} if given.service else None,
    sql=lambda leaf, at: f"{at.row}.service_id IN ({SERVICES} = ANY({at.name(list(leaf.codes))}))",
    cost=0,
    has=lambda leaf, given, day, names: _("service: %(name)s") % {"name": names(SERVICE, given.service)},
    asks=among(pgettext_lazy("this rule covers …", "people who receive: %(codes)s")),
    missing=lambda given: SERVICE.label,
)
FACTS = (POINT, SERVICE)
