"""What sample lets people do, and whom."""

from django.utils.translation import gettext_lazy as _

from przystan.access.rights import Right
from przystan.access.roles import COUNSEL

SAMPLE_READ = Right("sample.read", _("see sample"), COUNSEL, reads=True)
SAMPLE_WRITE = Right("sample.write", _("write down sample"), COUNSEL)
