"""Where an entry of the ledger says something else than a form about it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from przystan.reference.cldr import language_name
from przystan.support.models import Support
from przystan.support.rules import Effort, Entry

Label = str | Promise
# attribute of Entry and Support, label, how the support says it
PLAIN: list[tuple[str, Label, Callable[[Support], object]]] = [
    ("service_id", _("Service"), lambda support: support.service),
    ("day", _("Day"), lambda support: formats.date_format(support.day)),
    ("minutes", _("Minutes in all"), lambda support: support.minutes),
    ("mode", _("Form of contact"), lambda support: support.get_mode_display()),
    ("language", _("Language"), lambda support: language_name(support.language) if support.language else ""),
    ("interpreter", _("Interpreter"), lambda support: support.get_interpreter_display()),
    ("outcome", _("Result"), lambda support: support.get_outcome_display()),
    ("next_step", _("Next step"), lambda support: support.next_step),
    ("next_step_on", _("By when"), lambda support: _day(support.next_step_on)),
    ("point_id", _("Point"), lambda support: support.point),
    ("place", _("Where"), lambda support: support.place),
    ("starts_at", _("From"), lambda support: _day(support.starts_at)),
    ("staff_id", _("Given by"), lambda support: support.staff or ""),
]


@dataclass(frozen=True)
class Differences:
    """(label, what the support says) for everything that the entry would change."""

    rows: list[tuple[Label, object]]


def differences(support: Support, entry: Entry, usual: int = 0) -> Differences:
    """What a support (with people and efforts) says otherwise than `entry`. `usual`: minutes when it says none."""
    entry = entry.settled()
    minutes = entry.minutes or (usual if entry.usual else 0)
    said: dict[str, Any] = {name: getattr(entry, name) for name, *_rest in PLAIN} | {"minutes": minutes}
    said["staff_id"] = entry.staff_id or support.staff_id
    rows = [(label, tell(support)) for name, label, tell in PLAIN if getattr(support, name) != said[name]]
    if {recipient.person.ref for recipient in support.recipients.all()} != set(entry.people):
        names = [recipient.person.display_name for recipient in support.recipients.all()]
        rows.append((_("Who"), ", ".join(names)))
    efforts = list(support.efforts.all())
    if {Effort(topic_id=one.topic_id, minutes=one.minutes) for one in efforts} != set(entry.efforts):
        rows.append((_("Topics"), ", ".join(f"{one.topic} ({one.minutes})" for one in efforts)))
    return Differences(rows)


def _day(value: Any) -> str:
    return str(formats.localize(value)) if value else ""
