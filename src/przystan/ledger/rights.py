"""What the ledgers let people do, and whom."""

from django.utils.translation import gettext_lazy as _

from przystan.access.rights import Right

LEDGER_CLOSE = Right("ledger.close", _("close a period and correct what was closed"), {"grant_officer", "coordinator"})
