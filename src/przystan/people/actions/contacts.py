"""Ways to reach a person, each with its rule of safety."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from przystan.access.actors import Actor
from przystan.kernel.phones import digits_of

from ..enums import ChannelKind, Safety
from ..models import Channel
from . import facts

WITH_NUMBER = {ChannelKind.PHONE, ChannelKind.SMS, ChannelKind.MESSENGER}


def number(channel: Channel) -> Channel:
    """Compute the digits that a phone is found by; clear what does not belong to the chosen rule of safety."""
    channel.value = " ".join(channel.value.split())
    channel.digits = digits_of(channel.value) if channel.kind in WITH_NUMBER else ""
    if channel.safety != Safety.HOURS:
        channel.hours_from = channel.hours_to = None
    if channel.safety != Safety.ONLY_BY:
        channel.only_by = None
    return channel


@transaction.atomic
def keep_channel(*, by: Actor, fact: Channel, fields: Iterable[str] = ()) -> None:
    """Save a new or changed channel; saving confirms it today, if anybody has asked."""
    fact.confirmed_on = None if fact.safety == Safety.NOT_ASKED else timezone.localdate()
    facts.keep(by=by, fact=number(fact), fields=fields)
