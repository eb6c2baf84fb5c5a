"""What results let people do, and whom."""

from django.utils.translation import gettext_lazy as _

from przystan.access.rights import Care, Right
from przystan.access.roles import DESK

RESULTS_READ = Right("results.read", _("see what came of the support"), DESK | {"grant_officer"}, reads=True)
RESULTS_KINDS = Right("results.kinds", _("change kinds of results"), {"coordinator"})
RESULTS_NOTE = Right(
    "results.note", _("note results"), DESK | {"teacher", "community_leader", "grant_officer"}, care=Care.HARMLESS
)
