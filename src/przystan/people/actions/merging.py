"""Two records, one person: everything moves to the record that is kept, and can go back.

`Merge.moved` is the list to walk back: what `access.moving` says, and

    {"pair": "suspected"}       what was known of the two before
    {"guardian": 3, "signed": [1, 2]}   answers of a guardian who is the same as one of the kept record's
    {"answers": [1, 2]}         consents that no longer stand, as the same signer answered later
    {"rules": {"7": {...}}}     rules of numbers that stand twice, before and since: the strictest holds
    {"taken": {"birth": "1987"}}    values of the kept record for which those of the other were taken
"""

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from przystan.access import audit, moving
from przystan.access.actors import Actor, system
from przystan.access.doors import door
from przystan.access.history import without_history
from przystan.access.scope import acting

from ..enums import PairState
from ..models import Merge, PairVerdict, Person
from ..policies import require_merge
from ..rules.merging import DATES, FILLABLE, UNSAID, is_more_exact
from .one_rule import one_rule, rules_again
from .pairs import decide, pair_of
from .resting import join, resting_on, stand_again
from .signers import one_of_each, two_again


@transaction.atomic
def merge(*, by: Actor, kept: Person, absorbed: Person, take: Collection[str] = ()) -> Merge:
    """Make `absorbed` a part of `kept`. ValidationError when one is merged or protected, or they are one.

    `take`: fields whose value is taken from the absorbed record; of dates that agree the more exact is, of two rules
    for one number what both allow holds.
    """
    require_merge(by, kept, absorbed)
    without_history()
    kept, absorbed = moving.locked(kept, absorbed)
    if kept.pk == absorbed.pk:
        raise ValidationError(_("Choose two different people."))
    if kept.protected or absorbed.protected:
        raise ValidationError(_("A protected person is not merged. Take the protection back first."))
    if kept.merged_into_id or absorbed.merged_into_id:
        raise ValidationError(_("One of the two was merged already. Open the kept person and look again."))
    moved: list[moving.Step] = [{"pair": getattr(pair_of(kept, absorbed), "state", "")}]
    resting = resting_on(kept) | resting_on(absorbed)
    # Case files, for example, show to their team only; all follow the person.
    with door(), acting(system(by.organisation_id, "people.merge")):
        moved += moving.move(absorbed, kept)
        moved += one_of_each(kept, absorbed, moved)
    moved += one_rule(kept)
    moved += moving.fill(kept, absorbed, FILLABLE, UNSAID)
    moved += _take(kept, absorbed, take)
    absorbed.merged_into = kept
    absorbed.save(update_fields=["merged_into"])
    moved += join(by, kept, resting, moved)
    decide(by, kept, absorbed, PairState.MERGED)
    audit.record(by, "person.merge", kept, purpose=absorbed.ref)
    return Merge.objects.create(kept=kept, absorbed=absorbed, moved=moved, by_id=by.user_id)


@transaction.atomic
def undo_merge(*, by: Actor, merge: Merge) -> Person:
    """Give the absorbed record back what was its own; returns it. What was added to the kept one since stays there."""
    require_merge(by, merge.kept, merge.absorbed)
    without_history()
    kept, absorbed = moving.locked(merge.kept, merge.absorbed)
    merge = Merge.objects.get(pk=merge.pk)  # as it is now: both are held
    if merge.undone_at:
        raise ValidationError(_("This merge was undone already."))
    if kept.merged_into_id:
        raise ValidationError(_("The kept person was merged into another since. Undo that merge first."))
    with door(), acting(system(by.organisation_id, "people.merge")):
        for step in reversed(merge.moved):
            if "pair" in step:
                _restore_pair(step["pair"], kept, absorbed)
            elif "rules" in step:
                rules_again(step)
            elif "taken" in step:
                _give_back(step["taken"], kept, absorbed)
            elif "answers" in step:
                stand_again(step)
            elif "signed" in step:
                two_again(step)
            else:
                moving.step_back(step, kept, absorbed)
    absorbed.merged_into = None
    absorbed.save(update_fields=["merged_into"])
    merge.taken_back(by)
    audit.record(by, "person.merge_undone", kept, purpose=absorbed.ref)
    return absorbed


def _take(kept: Person, absorbed: Person, wanted: Collection[str]) -> list[moving.Step]:
    exact = {name for name in DATES if is_more_exact(getattr(absorbed, name), getattr(kept, name))}
    names = [name for name in FILLABLE if name in exact or name in wanted]
    names = [name for name in names if getattr(absorbed, name) not in (*UNSAID, getattr(kept, name))]
    before = {name: getattr(kept, name) for name in names}
    for name in names:
        setattr(kept, name, getattr(absorbed, name))
    if names:
        kept.save(update_fields=names)
    return [{"taken": before}] if names else []


def _give_back(before: Mapping[str, str], kept: Person, absorbed: Person) -> None:
    """As it was, unless somebody has written something else since."""
    same = [name for name in before if getattr(kept, name) == getattr(absorbed, name)]
    for name in same:
        setattr(kept, name, before[name])
    if same:
        kept.save(update_fields=same)


def _restore_pair(state: str, kept: Person, absorbed: Person) -> None:
    pair = pair_of(kept, absorbed)
    if pair is None:
        return
    if state:
        PairVerdict.objects.filter(pk=pair.pk).update(state=state)
    else:
        pair.delete()
