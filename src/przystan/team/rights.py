"""What team lets people do, and whom."""

from django.utils.translation import gettext_lazy as _

from przystan.access.rights import Care, Right

TEAM_READ = Right(
    "team.read", _("see the team"), {"coordinator", "director", "data_protection_officer", "administrator"}
)
TEAM_WRITE = Right("team.write", _("make accounts and give roles"), {"coordinator", "administrator"}, care=Care.GUARDED)
ACCESS_GRANT = Right("access.grant", _("say who works with a person, and who must not"), {"coordinator"})
