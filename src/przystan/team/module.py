"""What `team` declares to the rest of the house (`access.modules`)."""

from django.utils.translation import gettext_lazy as _

from przystan.access.modules import Entry, Module

from .rights import TEAM_READ

MODULE = Module(
    at="team/",
    navigation=(Entry(_("Team"), "team:members", "id-card", 80, frozenset({TEAM_READ})),),
    jobs={
        "team.anchor_audit": "audit.anchor",
        "team.mail_anchor": "audit.anchor",
    },
    deeds={
        "team.add_member": _("made an account"),
        "team.set_active": _("locked or unlocked an account"),
        "team.ask_role": _("asked for a role"),
        "team.give_role": _("gave a role"),
        "team.refuse_role": _("refused a role"),
        "team.end_role": _("ended a role"),
        "team.ask_reset": _("asked for a new first password"),
        "team.reset_login": _("made a new first password"),
        "team.withdraw_reset": _("withdrew the request for a password"),
        "team.save_point": _("changed a point"),
        "team.save_hours": _("changed office hours"),
    },
)
