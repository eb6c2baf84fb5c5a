"""What `errands` declares to the rest of the house (`access.modules`)."""

from django.utils.translation import gettext_lazy as _

from przystan.access.modules import Module, Setting

MODULE = Module(
    at="files/",
    guide="reports",
    ways={"errands": "errands:index"},
    settings=(
        Setting(
            _("My files"),
            _("What takes long to make, kept for one day."),
            "errands:index",
            "file-down",
            25,
            mine=True,
        ),
    ),
    jobs={
        "errands.run": "errands.run",
        "errands.throw_away": "errands.expiry",
    },
    deeds={
        "errand.ask": _("asked for something that takes long"),
        "errand.fetch": _("fetched a file that a job had made"),
    },
)
