"""What `errands` declares to the rest of the house (`access.modules`)."""

from django.utils.translation import gettext_lazy as _

from przystan.access.modules import Module

MODULE = Module(
    at="files/",
    ways={"errands": "errands:index"},
    jobs={
        "errands.run": "errands.run",
        "errands.throw_away": "errands.expiry",
    },
    deeds={
        "errand.ask": _("asked for something that takes long"),
        "errand.fetch": _("fetched a file that a job had made"),
    },
)
