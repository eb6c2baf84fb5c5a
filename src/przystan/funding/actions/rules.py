"""Changing for whom a programme pays: the old rule is closed, never overwritten."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.rules.labels import Labels, unknown_codes
from przystan.rules.telling import require_of_all
from przystan.rules.trees import RuleError, dump
from przystan.rules.words import rule_error, unknown_code

from ..models import Programme, TargetRule
from ..rights import PROGRAMMES_WRITE
from ..vocabulary import PAYERS
from .refusals import in_words


@transaction.atomic
def change_rule(*, by: Actor, programme: Programme, tree: object, valid_from: date, source: str = "") -> TargetRule:
    """Put another rule in force from a day, until the day before the next rule that is already written, if any.

    The rule in force until then ends the day before; one that would have begun on that very day is replaced.
    Supports keep the payers they have: show `queries.sets.preview` before. ValidationError with the fault's place,
    and where the actor may not know of everybody what the rule asks.
    """
    by.require(PROGRAMMES_WRITE)
    programme = Programme.objects.seen_by(by).select_for_update().get(pk=programme.pk)
    tree = _checked(by, tree)
    rows = TargetRule.objects.filter(programme=programme)
    later = rows.filter(valid_from__gt=valid_from).order_by("valid_from").values_list("valid_from", flat=True).first()
    rows.filter(valid_from=valid_from).delete()
    eve = valid_from - timedelta(days=1)
    rows.on(valid_from).update(valid_to=eve)
    with in_words():
        rule = TargetRule.objects.create(
            programme=programme,
            tree=tree,
            source=source.strip(),
            valid_from=valid_from,
            valid_to=later and later - timedelta(days=1),
            created_by_id=by.user_id,
        )
    audit.record(by, "programme.rule", programme, ["rules"])
    return rule


def _checked(by: Actor, tree: object) -> dict[str, object]:
    try:
        rule = PAYERS.parse(tree)
    except RuleError as error:
        raise ValidationError({"tree": rule_error(error)}) from error
    if strange := unknown_codes(rule, Labels(PAYERS)):
        raise ValidationError({"tree": [unknown_code(fact, code) for fact, code in strange]})
    require_of_all(by, rule, "tree")
    return dump(rule)
