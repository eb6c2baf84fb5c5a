"""What `funding` declares to the rest of the house (`access.modules`)."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from przystan.access.modules import FirstStep, Module, SideLink

from .by_errand import MOVE, TRIAL
from .models import Programme
from .rights import PROGRAMMES_READ, PROGRAMMES_WRITE

MODULE = Module(
    at="programmes/",
    navigation=(SideLink(_("Programmes"), "funding:programmes", "landmark", 50, frozenset({PROGRAMMES_READ})),),
    first_steps=(
        FirstStep(
            "programmes",
            30,
            PROGRAMMES_WRITE,
            "funding:add",
            _("Who pays"),
            _("The programmes of today, by hand or from a file. Until then supports are logged without a payer."),
            lambda actor: Exists(Programme.objects.filter(organisation=OuterRef("pk"))),
        ),
    ),
    errands=(TRIAL, MOVE),
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
