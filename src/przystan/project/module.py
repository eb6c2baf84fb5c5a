"""What `project` declares to the rest of the house (`access.modules`)."""

from django.utils.translation import gettext_lazy as _

from przystan.access.modules import Module, Part

from . import health

MODULE = Module(
    parts={"today": (Part(health.notice, "project/_health.html"),)},
    jobs={
        "project.backup": "backup",
    },
    deeds={
        "account.login": _("logged in"),
        "account.logout": _("logged out, or was locked out"),
        "backup.make": _("made a backup"),
        "backup.keys": _("copied the key files"),
        "backup.restore": _("restored the centre from a backup"),
    },
)
