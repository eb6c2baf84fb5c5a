"""What `support` declares to the rest of the house (`access.modules`)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from przystan.access.modules import Module, Setting

from .rights import CATALOGUE_WRITE

MODULE = Module(
    last_days=("received__support__day",),
    at="catalogue/",
    guide="team",
    settings=(
        Setting(_("Catalogue"), _("Services and topics."), "support:catalogue", "list-tree", 50, CATALOGUE_WRITE),
    ),
    deeds={
        "support.record": pgettext_lazy("audit log", "logged"),
        "support.amend": pgettext_lazy("audit log", "amended"),
        "support.correct": _("corrected by a counter-entry"),
        "support.remove": pgettext_lazy("audit log", "took back"),
        "support.complete_step": _("finished the next step"),
        "support.reopen_step": _("opened the next step again"),
        "support.export": _("took a list of supports out"),
        "support.confirm": _("made a confirmation of what was given"),
        "catalogue.save": _("changed the catalogue"),
    },
)
