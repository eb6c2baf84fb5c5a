"""What `sample` declares to the rest of the house (`access.modules`)."""

from django.utils.translation import gettext_lazy as _

from przystan.access.modules import Entry, Module

from .rights import SAMPLE_READ

MODULE = Module(
    at="sample/",
    ways={"sample": "sample:index"},
    parts={"person": ("sample:of_person",)},
    navigation=(Entry(_("Sample"), "sample:index", "folder", 45, frozenset({SAMPLE_READ})),),
    deeds={"sample.note": _("wrote something down under sample")},
)
