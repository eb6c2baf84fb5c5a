"""Putting rules in force: the old one is closed, never overwritten."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.rights import Right

from .labels import Labels, unknown_codes
from .telling import require_of_all
from .trees import RuleError, dump
from .vocabulary import Vocabulary
from .words import rule_error, unknown_code


@transaction.atomic
def put_in_force(
    *,
    by: Actor,
    right: Right,
    of: models.Model,
    rows: Any,
    vocabulary: Vocabulary,
    tree: object,
    valid_from: date,
    deed: str,
    **more: Any,
) -> Any:
    """Put another rule in force from a day, until the day before the next rule that is already written, if any.

    The rule in force until then ends the day before; one that would have begun on that very day is replaced.
    `right`: to change such rules. `of`: whose rule it is, locked by the caller. `rows`: its `DatedTree`s, as the
    related manager. `deed`: for the audit log. `more`: other fields, such as the source. ValidationError at `tree` with
    the fault's place, and where the actor may not know of everybody what the rule asks.
    """
    by.require(right)
    checked = tree_of(by, tree, vocabulary)
    later = rows.filter(valid_from__gt=valid_from).order_by("valid_from").values_list("valid_from", flat=True).first()
    rows.filter(valid_from=valid_from).delete()
    rows.all().on(valid_from).update(valid_to=valid_from - timedelta(days=1))
    rule = rows.create(
        tree=checked,
        valid_from=valid_from,
        valid_to=later and later - timedelta(days=1),
        created_by_id=by.user_id,
        **more,
    )
    audit.record(by, deed, of, [rows.field.remote_field.related_name])
    return rule


def tree_of(by: Actor, tree: object, vocabulary: Vocabulary) -> dict[str, object]:
    """The tree as it is kept. ValidationError at `tree`, as `put_in_force` says it."""
    try:
        rule = vocabulary.parse(tree)
    except RuleError as error:
        raise ValidationError({"tree": rule_error(error)}) from error
    if strange := unknown_codes(rule, Labels(vocabulary)):
        raise ValidationError({"tree": [unknown_code(fact, code) for fact, code in strange]})
    require_of_all(by, rule, "tree")
    return dump(rule)
