"""One number of a merged person has one rule, the strictest of those that the two records had; and the way back."""

from collections import defaultdict
from typing import Any

from przystan.access import moving

from ..models import Channel, Person
from ..rules.channels import strictest

RULE = ("safety", "hours_from", "hours_to", "only_by_id", "confirmed_on")
Step = moving.Step


def one_rule(kept: Person) -> list[Step]:
    """Give numbers and addresses that stand twice the strictest of their rules. The step back keeps what each said."""
    alike: defaultdict[str, list[Channel]] = defaultdict(list)
    for channel in Channel.objects.filter(person=kept).exclude(finder="").order_by("pk"):
        alike[channel.finder].append(channel)
    before: dict[str, dict[str, Any]] = {}
    for channels in alike.values():
        holds = channels[strictest([one.safety for one in channels])]
        for channel in channels:
            if _rule(channel) != _rule(holds):
                before[str(channel.pk)] = {"said": _rule(channel), "is": _rule(holds)}
                _set(channel, _rule(holds))
    return [{"rules": before}] if before else []


def rules_again(step: Step) -> None:
    """Let each say what it said before, unless somebody has changed it since."""
    for channel in Channel.objects.filter(pk__in=list(map(int, step["rules"]))).order_by("pk"):
        told = step["rules"][str(channel.pk)]
        if _rule(channel) == told["is"]:
            _set(channel, told["said"])


def _rule(channel: Channel) -> dict[str, Any]:
    values = {name: getattr(channel, name) for name in RULE}
    return {
        name: value if value is None or isinstance(value, int | str) else str(value) for name, value in values.items()
    }


def _set(channel: Channel, rule: dict[str, Any]) -> None:
    for name, value in rule.items():
        field: Any = channel._meta.get_field(name.removesuffix("_id"))
        setattr(channel, name, field.to_python(value))
    channel.save(update_fields=[name.removesuffix("_id") for name in RULE])
