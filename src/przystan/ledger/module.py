"""What `ledger` declares to the rest of the house (`access.modules`)."""

from django.utils.translation import gettext_lazy as _

from przystan.access.modules import Module

# The deed keeps the name under which audit logs have it since there was one ledger only.
MODULE = Module(deeds={"support.close_period": _("closed a period")})
