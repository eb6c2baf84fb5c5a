"""What `desk` declares to the rest of the house (`access.modules`)."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from przystan.access.modules import FirstStep, Module, Setting, SideLink
from przystan.access.rights import SETTINGS
from przystan.ledger.rights import LEDGER_CLOSE
from przystan.support.models import Support
from przystan.support.rights import SUPPORT_READ

MODULE = Module(
    at="",
    guide="support",
    ways={
        "home": "desk:today",
        "person": "desk:person",
        "support": "desk:support",
        "result": "desk:result",
        "log": "desk:log",
        "settings": "desk:settings",
    },
    first_steps=(
        FirstStep(
            "support",
            50,
            SETTINGS,
            "desk:log",
            _("The first support"),
            _("Log what somebody was given: while you write, you see who pays."),
            lambda actor: Exists(Support.objects.filter(organisation=OuterRef("pk"))),
        ),
    ),
    navigation=(
        SideLink(_("Today"), "desk:today", "sun", 10),
        SideLink(_("Supports"), "desk:supports", "notebook-pen", 30, frozenset({SUPPORT_READ})),
        SideLink(_("Settings"), "desk:settings", "settings", 100),
    ),
    settings=(
        Setting(
            _("Closed periods"), _("Months whose records no longer change."), "desk:periods", "lock", 90, LEDGER_CLOSE
        ),
    ),
)
