"""What reports lets people do, and whom."""

from django.utils.translation import gettext_lazy as _

from przystan.access.rights import Right

REPORTS_READ = Right("reports.read", _("see reports"), {"grant_officer", "coordinator", "director", "auditor"})
