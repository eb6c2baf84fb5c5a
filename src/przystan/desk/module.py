"""What `desk` declares to the rest of the house (`access.modules`)."""

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.modules import FirstStep, Module, Setting, SideLink, Waiting
from przystan.access.rights import SETTINGS
from przystan.funding.rights import PAYER_CHOOSE
from przystan.ledger.rights import LEDGER_CLOSE
from przystan.support.models import Support
from przystan.support.rights import SUPPORT_READ

from .by_errand import LIST
from .enums import Step
from .queries.supports import NOBODY, UNPAID_BACK, late_steps, unpaid_since

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
    errands=(LIST,),
    waiting=(
        Waiting(
            "unpaid",
            40,
            (SUPPORT_READ, PAYER_CHOOSE),
            _("Nobody pays for these yet"),
            lambda actor: unpaid_since(actor, timezone.localdate() - UNPAID_BACK),
            "desk:supports",
            lambda day: f"payer={NOBODY}&since={day - UNPAID_BACK}",
        ),
        Waiting(
            "late_steps",
            50,
            (SUPPORT_READ, LEDGER_CLOSE),
            _("Next steps of the team that are late"),
            lambda actor: late_steps(actor, timezone.localdate()),
            "desk:supports",
            lambda day: f"step={Step.LATE}",
            tone="bad",
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
