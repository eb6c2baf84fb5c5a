"""What `team` declares to the rest of the house (`access.modules`)."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from przystan.access.modules import FirstStep, Module, Part, Setting, SideLink
from przystan.access.rights import SETTINGS

from . import parts
from .models import OfficeHours
from .queries import leading
from .rights import TEAM_READ, TEAM_WRITE

MODULE = Module(
    at="team/",
    guide="team",
    navigation=(SideLink(_("Team"), "team:members", "id-card", 80, frozenset({TEAM_READ})),),
    settings=(
        Setting(_("What roles may do"), _("Every role and its rights, in words."), "team:roles", "book-open", 10),
        Setting(_("Points and hours"), _("Where and when people are received."), "team:points", "map-pin", 20),
        Setting(_("Team"), _("Accounts and roles."), "team:members", "id-card", 40, TEAM_READ),
    ),
    parts={"today": (Part(parts.asked, "team/_asked.html"),)},
    first_steps=(
        FirstStep(
            "hours",
            10,
            SETTINGS,
            "team:points",
            _("Points and hours"),
            _("Where you receive people, and when. The town of a point decides which programmes may pay there."),
            lambda actor: Exists(OfficeHours.objects.filter(point__organisation=OuterRef("pk"))),
        ),
        FirstStep(
            "second",
            20,
            TEAM_WRITE,
            "team:add",
            _("A second person who leads"),
            _(
                "What opens much takes two people who lead. Add the second one and send them the link that you get;"
                " after that the two of you make all other accounts."
            ),
            lambda actor: Exists(leading(but=actor).filter(organisation=OuterRef("pk"))),
        ),
    ),
    jobs={
        "team.anchor_audit": "audit.anchor",
        "team.mail_anchor": "audit.anchor",
    },
    deeds={
        "team.add_member": _("made an account"),
        "team.set_active": _("locked or unlocked an account"),
        "team.ask_role": _("asked for a role"),
        "team.give_role": _("gave a role"),
        "team.invite": _("made an invitation link"),
        "team.accept_invitation": _("accepted an invitation"),
        "team.refuse_role": _("refused a role"),
        "team.end_role": _("ended a role"),
        "team.ask_reset": _("asked for a new first password"),
        "team.reset_login": _("made a new first password"),
        "team.withdraw_reset": _("withdrew the request for a password"),
        "team.save_point": _("changed a point"),
        "team.save_hours": _("changed office hours"),
    },
)
