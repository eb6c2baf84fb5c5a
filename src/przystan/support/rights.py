"""What support lets people do, and whom."""

from django.utils.translation import gettext_lazy as _

from przystan.access.rights import Care, Right
from przystan.access.roles import DESK

SUPPORT_READ = Right("support.read", _("see what support was given"), DESK | {"grant_officer"}, reads=True)
SUPPORT_LOG = Right("support.log", _("log support"), DESK | {"teacher", "community_leader"}, care=Care.HARMLESS)
CATALOGUE_WRITE = Right("catalogue.write", _("change services and topics"), {"coordinator"})
