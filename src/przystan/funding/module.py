"""What `funding` declares to the rest of the house (`access.modules`)."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.modules import FirstStep, Module, Part, SideLink

from .by_errand import MOVE, TRIAL
from .models import Programme
from .parts import paying_for_nothing
from .queries.idle import that_can_pay
from .rights import PROGRAMMES_READ, PROGRAMMES_WRITE


def _running() -> Any:
    return that_can_pay(Programme.objects.running_on(timezone.localdate()))


MODULE = Module(
    at="programmes/",
    guide="programmes",
    navigation=(SideLink(_("Programmes"), "funding:programmes", "landmark", 50, frozenset({PROGRAMMES_READ})),),
    first_steps=(
        FirstStep(
            "programmes",
            30,
            PROGRAMMES_WRITE,
            "funding:add",
            _("A programme that can pay"),
            _("The programmes of today, by hand or from a file. Until then supports are logged without a payer."),
            lambda actor: Exists(_running().filter(organisation=OuterRef("pk"))),
        ),
    ),
    errands=(TRIAL, MOVE),
    parts={"report": (Part(paying_for_nothing, "funding/_idle.html"),)},
    jobs={"funding.keep": "counting"},
    deeds={
        "funder.create": _("added a funder"),
        "programme.create": _("added a programme"),
        "programme.change": _("changed a programme"),
        "programme.rule": _("changed a rule"),
        "programme.limit": _("changed a limit"),
        "indicator.keep": _("changed an indicator"),
        "indicator.remove": _("took an indicator away"),
        "funding.attribute": _("chose who pays"),
        "funding.reallocate": _("changed who pays"),
        "funding.withdraw": _("took the payer away"),
    },
)
