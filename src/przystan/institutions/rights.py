"""What institutions lets people do, and whom."""

from django.utils.translation import gettext_lazy as _

from przystan.access.rights import Care, Right
from przystan.access.roles import DESK

INSTITUTIONS_READ = Right(
    "institutions.read",
    _("see offices, schools and other institutions, and whom to ask for there"),
    DESK | {"teacher", "interpreter", "community_leader", "analyst", "grant_officer", "director"},
    care=Care.HARMLESS,
)
INSTITUTIONS_WRITE = Right(
    "institutions.write",
    _("add institutions and change what is known of them"),
    DESK | {"community_leader", "analyst"},
    care=Care.HARMLESS,
)
INSTITUTIONS_KINDS = Right("institutions.kinds", _("change the kinds of institutions and agreements"), {"coordinator"})
INSTITUTIONS_MERGE = Right("institutions.merge", _("merge two entries of one institution"), {"coordinator"})
