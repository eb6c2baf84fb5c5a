"""What is sealed of a protected person, for who knows of them."""

import json
from dataclasses import dataclass, field
from typing import Any

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.keys.data import Locked, Unreadable
from przystan.access.tiers import Tier

from ..enums import ChannelKind, Safety
from ..models import HouseholdMember, Person

ROLES = HouseholdMember._meta.label_lower
EMPTY = '{"names": [], "channels": [], "birth": "", "centre_reference": ""}'  # of a row nobody sealed anything in


@dataclass(frozen=True)
class Sealed:
    """Names, channels as (kind, value, is it safe), and words that stood in other records.

    `state`: open, locked (one's own key is), or broken.
    """

    state: str
    names: list[str] = field(default_factory=list)
    channels: list[tuple[str, str, str]] = field(default_factory=list)
    birth: str = ""
    reference: str = ""
    words: list[str] = field(default_factory=list)


def sealed_of(actor: Actor, person: Person) -> Sealed | None:
    """The sealed part of a protected person's page, and the audit row that it was read; None for others."""
    if not person.protected:
        return None
    try:
        known = json.loads(person.identity or EMPTY)
    except Locked:
        return Sealed("locked")
    except Unreadable:
        return Sealed("broken")
    audit.read(actor, person, ["identity"], Tier.T4)
    names = [row["text"] for row in known["names"]]
    channels = [_channel(row) for row in known["channels"]]
    return Sealed("open", names, channels, known["birth"], known["centre_reference"], _words(known))


def _words(known: dict[str, Any]) -> list[str]:
    """Texts alone: a role in a household is none."""
    rows = [row for label, rows in known.get("elsewhere", {}).items() if label != ROLES for row in rows.values()]
    return [str(word) for row in rows for word in row.values()]


def _channel(row: dict[str, Any]) -> tuple[str, str, str]:
    kind, safety = ChannelKind(row["kind"]), Safety(row["safety"])
    return str(kind.label), row["value"], "" if safety is Safety.YES else str(safety.label)
