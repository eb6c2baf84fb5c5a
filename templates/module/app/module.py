"""What `sample` declares to the rest of the house (`access.modules`)."""

from django.utils.translation import gettext_lazy as _

from przystan.access.modules import Module, Part, SideLink

from . import parts
from .rights import SAMPLE_READ

MODULE = Module(
    at="sample/",
    guide="people",
    ways={"sample": "sample:index"},
    parts={
        "person": (Part(parts.of_person, "sample/_of_person.html"),),
        "today": (Part(parts.today, "sample/_today.html"),),
    },
    navigation=(SideLink(_("Sample"), "sample:index", "folder", 45, frozenset({SAMPLE_READ})),),
    last_days=("sample__day",),
    deeds={
        "sample.note": _("wrote something down under sample"),
        "sample.finish": _("ticked something off under sample"),
        "sample.remove": _("removed something under sample"),
    },
)
