"""One number of a merged person has one rule, which forbids what either of its records forbade; and the way back."""

from collections import defaultdict
from typing import Any

from przystan.access import moving

from ..models import Channel, Person
from ..rules.channels import Rule, strictest

Step = moving.Step


def one_rule(kept: Person) -> list[Step]:
    """Give numbers and addresses that stand twice one rule, the strictest. The step back keeps what each said."""
    alike: defaultdict[str, list[Channel]] = defaultdict(list)
    for channel in Channel.objects.filter(person=kept).exclude(finder="").order_by("pk"):
        alike[channel.finder].append(channel)
    before: dict[str, dict[str, Any]] = {}
    for channels in alike.values():
        holds = _told(strictest(map(_rule, channels)))
        for channel in channels:
            said = _told(_rule(channel))
            if said != holds:
                before[str(channel.pk)] = {"said": said, "is": holds}
                _set(channel, holds)
    return [{"rules": before}] if before else []


def rules_again(step: Step) -> None:
    """Let each say what it said before, unless somebody has changed it since."""
    for channel in Channel.objects.filter(pk__in=list(map(int, step["rules"]))).order_by("pk"):
        told = step["rules"][str(channel.pk)]
        if _told(_rule(channel)) == told["is"]:
            _set(channel, told["said"])


def _rule(channel: Channel) -> Rule:
    return Rule(*(getattr(channel, name) for name in Rule._fields))


def _told(rule: Rule) -> dict[str, Any]:
    """As JSON can hold it."""
    return {
        name: value if value is None or isinstance(value, int | str) else str(value)
        for name, value in rule._asdict().items()
    }


def _set(channel: Channel, rule: dict[str, Any]) -> None:
    for name, value in rule.items():
        field: Any = channel._meta.get_field(name.removesuffix("_id"))
        setattr(channel, name, field.to_python(value))
    channel.save(update_fields=[name.removesuffix("_id") for name in Rule._fields])
