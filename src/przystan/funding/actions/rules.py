"""Changing for whom a programme pays."""

from datetime import date

from django.db import transaction

from przystan.access.actors import Actor
from przystan.rules.actions import put_in_force

from ..models import Programme, TargetRule
from ..rights import PROGRAMMES_WRITE
from ..vocabulary import PAYERS
from .refusals import in_words


@transaction.atomic
def change_rule(*, by: Actor, programme: Programme, tree: object, valid_from: date, source: str = "") -> TargetRule:
    """Put another rule in force from a day: see `rules.actions.put_in_force`. ValidationError.

    Supports keep the payers they have: show `queries.sets.preview` before.
    """
    programme = Programme.objects.seen_by(by).select_for_update().get(pk=programme.pk)
    with in_words():
        rule: TargetRule = put_in_force(
            by=by,
            right=PROGRAMMES_WRITE,
            of=programme,
            rows=programme.rules,
            vocabulary=PAYERS,
            tree=tree,
            valid_from=valid_from,
            deed="programme.rule",
            source=source.strip(),
        )
    return rule
