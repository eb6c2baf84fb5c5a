"""What `links` declares to the rest of the house (`access.modules`)."""

from django.utils.translation import gettext_lazy as _

from przystan.access.modules import Module, Part

from . import parts

MODULE = Module(
    at="links/",
    guide="privacy",
    ways={"link": "links:link"},
    parts={"today": (Part(parts.today, "links/_today.html"),)},
    jobs={"links.look_over": "links.time"},
    deeds={
        "link.make": _("made a link"),
        "link.renew": _("made a link anew"),
        "link.revoke": _("revoked a link"),
        "link.remind": _("sent a reminder of a link"),
        "link.open": _("opened a link"),
        "link.wrong_code": _("typed a wrong code for a link"),
        "link.answer": _("answered by a link"),
        "link.silent": _("noted that nobody answered a link"),
    },
)
