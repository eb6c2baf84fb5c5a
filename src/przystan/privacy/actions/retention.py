"""What is kept too long goes: by itself where a rule says so, else when somebody has confirmed."""

import logging
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden, system
from przystan.access.rights import AUDIT_READ
from przystan.access.scope import acting
from przystan.people.actions.resting import hold as hold_person
from przystan.people.models import Person

from ..enums import Cause, ErasureState
from ..models import Erasure, LegalHold, RetentionRule
from ..policies import may_set_times, require_answer
from ..queries.due import Due, due_files, due_people, due_subjects, quiet_people, rules_ever
from .erasing import carry_out
from .wiping import forget_erased

logger = logging.getLogger(__name__)
TIMES = {"years", "months", "source", "valid_from", "valid_to"}
MOST_A_NIGHT = 2_000  # the rest goes in the next nights: neither a night nor a wrong rule empties a register
AT_ONCE = 500  # people who are looked at together
COPIED = TIMES | {"code", "holding", "counted_from", "automatic"}


def look_over(organisation_id: int, day: date | None = None, most: int = MOST_A_NIGHT) -> list[Erasure]:
    """Erase what rules let go by themselves, and list the rest for confirmation, `most` at once. Each is all or
    nothing, so that one that fails stops no other. Returns what was done or listed now. Quiet when run twice.
    """
    day = day or timezone.localdate()
    by = system(organisation_id, "retention")
    each = (erasure for one in _all_due(by, day) if (erasure := _settle(by, one, day)))
    settled = list(islice(each, most))
    if any(erasure.state == ErasureState.DONE for erasure in settled):
        with acting(by):
            forget_erased()
    return settled


def _all_due(by: Actor, day: date) -> Iterator[Due]:
    """Files first: a person waits for theirs."""
    with acting(by):
        files = [*due_files(by.organisation_id, day), *due_subjects(by.organisation_id, day)]
    yield from files
    with acting(by):
        quiet = quiet_people(by.organisation_id, day)
    for first in range(0, len(quiet), AT_ONCE):
        with acting(by):
            people = due_people(by.organisation_id, day, quiet[first : first + AT_ONCE])
        yield from people


def _settle(by: Actor, one: Due, day: date) -> Erasure | None:
    try:
        with acting(by):
            erasure, made = Erasure.objects.get_or_create(
                person_ref=one.person_ref,
                model=one.model,
                object_ref=one.object_ref,
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
    except IntegrityError:
        logger.exception("One could not be erased; the others are. %s %s", one.scope, one.person_ref or one.object_ref)
        return None


@transaction.atomic
def set_rule(*, by: Actor, rule: RetentionRule, values: dict[str, object]) -> RetentionRule:
    """Change the times of a rule for one's own organisation. A shipped one stays as it is; its copy takes its place.

    What lets anything go sooner ends erasing without asking for all rules of this kind of data: with the longest of
    them gone, another would do the same. `set_automatic` begins it again, by somebody else.
    """
    if not may_set_times(by):
        raise Forbidden("retention")
    rule = _own(by, rule)
    before = deepcopy(rule)
    for name in TIMES & values.keys():
        setattr(rule, name, values[name])
    rule.full_clean()
    rule.save()
    if _is_shorter(before, rule):
        _ask_again(by, rule)
    audit.record(by, "retention.rule", rule, values)
    return rule


@transaction.atomic
def set_automatic(*, by: Actor, rule: RetentionRule, automatic: bool) -> RetentionRule:
    """Whether what a rule keeps no longer is erased without asking. ValidationError for who made its time shorter."""
    by.require(AUDIT_READ)
    rule = _own(by, rule)
    if automatic and rule.shortened_by_id and rule.shortened_by_id == by.user_id:
        raise ValidationError(_("You made this time shorter. Somebody else must agree that nobody is asked."))
    rule.automatic = automatic
    rule.save()
    audit.record(by, "retention.automatic", rule, ["automatic"])
    return rule


def _own(by: Actor, rule: RetentionRule) -> RetentionRule:
    """The organisation's own row of a rule, locked; one not saved yet for a shipped rule."""
    if rule.organisation_id:
        return RetentionRule.objects.select_for_update().get(pk=rule.pk, organisation_id=by.organisation_id)
    return RetentionRule(organisation_id=by.organisation_id, **{name: getattr(rule, name) for name in COPIED})


def _is_shorter(before: RetentionRule, after: RetentionRule) -> bool:
    """Whether it keeps for less time, or holds on fewer days."""
    first, last = date.min, date.max
    return (
        after.years * 12 + after.months < before.years * 12 + before.months
        or (after.valid_from or first) > (before.valid_from or first)
        or (after.valid_to or last) < (before.valid_to or last)
    )


def _ask_again(by: Actor, rule: RetentionRule) -> None:
    """All rules of this kind of data, those of other days too, wait for a yes from now on."""
    for one in rules_ever(by.organisation_id):
        if one.holding == rule.holding:
            own = _own(by, one)
            own.automatic, own.shortened_by_id = False, by.user_id
            own.save()
    rule.refresh_from_db()


@transaction.atomic
def hold(*, by: Actor, person: Person, reason: str, ends_on: date | None = None) -> LegalHold:
    """Keep everything of a person because the law says so, until a day or until it is ended."""
    require_answer(by, person)
    hold_person(person)  # or an erasure that is just going on would not see it
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
