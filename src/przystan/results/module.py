"""What `results` declares to the rest of the house (`access.modules`)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from przystan.access.modules import Module, Part, Setting

from . import parts
from .rights import RESULTS_KINDS

MODULE = Module(
    at="kinds-of-results/",
    guide="support",
    settings=(
        Setting(_("Kinds of results"), _("What can come of support."), "results:kinds", "flag", 60, RESULTS_KINDS),
    ),
    parts={"institution": (Part(parts.institution, "results/_institution.html"),)},
    last_days=("results__day",),
    deeds={
        "result.note": pgettext_lazy("audit log", "noted a result"),
        "result.amend": pgettext_lazy("audit log", "changed a result"),
        "result.correct": _("corrected a result by a counter-entry"),
        "result.remove": pgettext_lazy("audit log", "took a result back"),
        "result.kinds": _("changed the kinds of results"),
    },
)
