"""What `rules` declares to the rest of the house (`access.modules`)."""

from django.utils.translation import gettext_lazy as _

from przystan.access.modules import Module

MODULE = Module(deeds={"count.refuse": _("asked for numbers that tell too much, and got none")})
