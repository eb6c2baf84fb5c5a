"""What the ledgers let people do, and whom."""

from django.utils.translation import gettext_lazy as _

from przystan.access.rights import Right

# Asked below `reports` too: a right stands in the lowest module that asks for it.
REPORTS_EXPORT = Right("reports.export", _("take reports and lists out as files"), {"grant_officer", "coordinator"})
LEDGER_CLOSE = Right("ledger.close", _("close a period and correct what was closed"), {"grant_officer", "coordinator"})
