"""Whoever signed for two records of one child is one signer once these are one, and two again when they are not."""

from django.utils import timezone

from przystan.access import moving
from przystan.access.sealing import Unreadable
from przystan.kernel.names import compare

from ..models import Consent, Guardian, Person


def one_of_each(kept: Person, absorbed: Person, moved: list[moving.Step]) -> list[moving.Step]:
    """Of guardians of one kind and name who both sign today, the one that came goes back to its record, and its answers
    are those of the other. `moved`: what went over to the kept record. Returns the steps back.
    """
    today, model = timezone.localdate(), Guardian._meta.label_lower
    came = {pk for step in moved if step.get("model") == model for pk in step.get("ids", [])}
    sign = [one for one in kept.guardians.select_related("person").order_by("pk") if one.holds_on(today)]
    there, steps = [one for one in sign if one.pk not in came], []
    for one in sign:
        same = next((other for other in there if _same(one, other)), None) if one.pk in came else None
        if same:
            answers = list(one.answers.order_by("pk").values_list("pk", flat=True))
            Consent.objects.filter(pk__in=answers).update(guardian=same)
            steps.append({"guardian": one.pk, "signed": answers})
    back = {"model": model, "field": "person", "ids": [step["guardian"] for step in steps]}
    moving.step_back(back, kept, absorbed)
    return steps


def two_again(step: moving.Step) -> None:
    """Undo one step of `one_of_each`: what was answered since stays with the kept one."""
    Consent.objects.filter(pk__in=step["signed"]).update(guardian=step["guardian"])


def _same(one: Guardian, other: Guardian) -> bool:
    """A name that cannot be read is nobody's."""
    try:
        return one.kind == other.kind and compare(one.name, other.name).same
    except Unreadable:
        return False
