"""What casework lets people do, and whom."""

from django.utils.translation import gettext_lazy as _

from przystan.access.rights import Right
from przystan.access.roles import ADVISERS

CASES_READ = Right("cases.read", _("open the case files they work on"), ADVISERS | {"coordinator"})
CASES_WRITE = Right("cases.write", _("open new case files and write notes"), ADVISERS | {"coordinator"})
