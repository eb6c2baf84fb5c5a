"""What `institutions` declares to the rest of the house (`access.modules`)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from przystan.access.modules import Module, Setting, SideLink

from .rights import INSTITUTIONS_KINDS, INSTITUTIONS_READ

MODULE = Module(
    at="institutions/",
    guide="institutions",
    ways={"institution": "institutions:institution", "institutions": "institutions:index"},
    navigation=(SideLink(_("Institutions"), "institutions:index", "building-2", 35, frozenset({INSTITUTIONS_READ})),),
    settings=(
        Setting(
            _("Kinds of institutions"),
            _("What an institution or an agreement can be."),
            "institutions:kinds",
            "building-2",
            70,
            INSTITUTIONS_KINDS,
        ),
    ),
    deeds={
        "institution.register": pgettext_lazy("audit log", "added an institution"),
        "institution.change": pgettext_lazy("audit log", "changed an institution"),
        "institution.remove": pgettext_lazy("audit log", "removed an institution"),
        "institution.check": pgettext_lazy("audit log", "checked an institution"),
        "institution.kind": pgettext_lazy("audit log", "changed a kind of institution or agreement"),
        "institution.merge": pgettext_lazy("audit log", "merged two entries of an institution"),
        "institution.merge_undone": pgettext_lazy("audit log", "undid a merge of institutions"),
        "institution.different": pgettext_lazy("audit log", "said that two institutions are different"),
    },
)
