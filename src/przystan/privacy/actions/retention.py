"""What is kept too long goes: by itself where a rule says so, else when somebody has confirmed."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from przystan.access import audit
from przystan.access.actors import Actor, system
from przystan.access.rights import Right
from przystan.access.scope import acting
from przystan.people.models import Person

from ..enums import Cause
from ..models import Erasure, LegalHold, RetentionRule
from ..policies import require_answer
from ..queries.due import Due, due_cases, due_people
from .erasing import carry_out


def look_over(organisation_id: int, day: date | None = None) -> list[Erasure]:
    """Erase what rules let go by themselves, and list the rest for confirmation. Each is all or nothing, so that one
    that fails stops no other. Returns what was done or listed now. Quiet when run twice.
    """
    day = day or timezone.localdate()
    by = system(organisation_id, "retention")
    settled = []
    for due in (due_cases, due_people):  # files first: a person waits for theirs
        with acting(by):
            found = due(organisation_id, day)
        settled += [erasure for one in found if (erasure := _settle(by, one, day))]
    return settled


def _settle(by: Actor, one: Due, day: date) -> Erasure | None:
    try:
        with acting(by):
            erasure, made = Erasure.objects.get_or_create(
                person_ref=one.person_ref,
                case_ref=one.case_ref,
                scope=one.scope,
                state="waiting",
                defaults={
                    "organisation_id": by.organisation_id,
                    "person_id": one.person_id,
                    "cause": Cause.RETENTION,
                },
            )
            if one.automatic:
                return carry_out(by=by, erasure=erasure, day=day)
            return erasure if made else None
    except ValidationError:  # a hold that began this minute
        return None


@transaction.atomic
def set_rule(*, by: Actor, rule: RetentionRule, values: dict[str, object]) -> RetentionRule:
    """Change a rule for one's own organisation. A shipped one stays as it is; its copy takes its place."""
    by.require(Right.PEOPLE_ANSWER, Right.SETTINGS)
    if rule.organisation_id is None:
        kept = {name: getattr(rule, name) for name in ("code", "holding", "counted_from", "source", "automatic")}
        rule = RetentionRule(organisation_id=by.organisation_id, years=rule.years, months=rule.months, **kept)
    for name, value in values.items():
        setattr(rule, name, value)
    rule.full_clean()
    rule.save()
    audit.record(by, "retention.rule", rule, values)
    return rule


@transaction.atomic
def hold(*, by: Actor, person: Person, reason: str, ends_on: date | None = None) -> LegalHold:
    """Keep everything of a person because the law says so, until a day or until it is ended."""
    require_answer(by, person)
    made = LegalHold(person=person, reason=reason, ends_on=ends_on, by_id=by.user_id)
    made.full_clean(exclude=["by"])
    made.save()
    audit.record(by, "retention.hold", person, ["reason", "ends_on"])
    return made


@transaction.atomic
def end_hold(*, by: Actor, hold: LegalHold) -> None:
    """The reason is gone: the hold ended yesterday, or never was if it began today."""
    require_answer(by, hold.person)
    audit.record(by, "retention.end_hold", hold.person, ["ends_on"])
    if hold.starts_on >= timezone.localdate():
        hold.delete()
    else:
        hold.ends_on = timezone.localdate() - timedelta(days=1)
        hold.save(update_fields=["ends_on"])
