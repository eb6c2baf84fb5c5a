"""What `staff` declares to the rest of the house (`access.modules`)."""

from django.utils.translation import gettext_lazy as _

from przystan.access.modules import Module, Part, SideLink

from . import parts
from .by_link import CONFIRM
from .rights import HOURS_OWN, STAFF_READ
from .subject import WORKERS

MODULE = Module(
    at="staff/",
    guide="team",
    links=(CONFIRM,),
    subjects=(WORKERS,),
    parts={"today": (Part(parts.today, "staff/_today.html"),)},
    navigation=(
        SideLink(_("People who work here"), "staff:index", "contact", 82, frozenset({STAFF_READ})),
        SideLink(_("My hours"), "staff:my_hours", "clock", 84, frozenset({HOURS_OWN})),
    ),
    deeds={
        "staff.save": _("wrote down somebody who works here"),
        "staff.join_account": _("said whose account it is"),
        "staff.agree": _("wrote down an agreement"),
        "staff.end_agreement": _("ended an agreement"),
        "staff.prove": _("wrote down a training or check"),
        "staff.strike": _("struck out an agreement, training or check"),
        "staff.ask_rule": _("asked for another rule of what is needed for work here"),
        "staff.confirm_rule": _("agreed to another rule of what is needed for work here"),
        "staff.withdraw_rule": _("withdrew another rule of what is needed for work here"),
        "staff.note_hour": _("noted time"),
        "staff.take_back_hour": _("took noted time back"),
        "staff.ask_hour": _("asked by a link whether noted time was so"),
        "staff.confirm_hour": _("confirmed noted time"),
    },
)
