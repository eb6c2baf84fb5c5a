"""Two entries, one institution: everything moves to the one that is kept, in any module, and can go back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from przystan.access import audit, moving
from przystan.access.actors import Actor, system
from przystan.access.doors import door
from przystan.access.history import without_history
from przystan.access.scope import acting

from ..enums import PairState
from ..models import Institution, InstitutionMerge, Opening
from ..policies import require_merge
from .names import rename
from .pairs import decide, state_of, undecide

FILLABLE = ("phone", "email", "website", "note", "source", "source_on", "languages")
EMPTY: tuple[object, ...] = ("", None, [])
PURPOSE = "institutions.merge"


@transaction.atomic
def merge(*, by: Actor, kept: Institution, absorbed: Institution) -> InstitutionMerge:
    """Make `absorbed` a part of `kept`. ValidationError when one is merged already, or they are one.

    Names, numbers, addresses, contacts, agreements and whatever other modules hang on an institution move
    (`Privacy.merge`). Opening hours only where the kept one has none: two tables of hours would contradict each other.
    """
    require_merge(by, kept, absorbed)
    without_history()
    kept, absorbed = moving.locked(kept, absorbed)
    if kept.pk == absorbed.pk:
        raise ValidationError(_("Choose two different institutions."))
    if kept.merged_into_id or absorbed.merged_into_id:
        raise ValidationError(_("One of the two was merged already. Open the kept one and look again."))
    moved: list[moving.Step] = [{"pair": state_of(kept, absorbed)}]
    with door(), acting(system(by.organisation_id, PURPOSE)):
        moved += moving.move(absorbed, kept)
        if not kept.hours.exists():
            moved += moving.move_rows(Opening, "institution", absorbed, kept)
    moved += moving.fill(kept, absorbed, FILLABLE, EMPTY)
    absorbed.merged_into = kept
    absorbed.save(update_fields=["merged_into"])
    decide(by, kept, absorbed, PairState.MERGED)
    rename(kept)
    audit.record(by, "institution.merge", kept, purpose=absorbed.ref)
    return InstitutionMerge.objects.create(kept=kept, absorbed=absorbed, moved=moved, by_id=by.user_id)


@transaction.atomic
def undo_merge(*, by: Actor, merge: InstitutionMerge) -> Institution:
    """Give the absorbed entry back what was its own; returns it. What was added to the kept one since stays there."""
    require_merge(by, merge.kept, merge.absorbed)
    without_history()
    kept, absorbed = moving.locked(merge.kept, merge.absorbed)
    merge = InstitutionMerge.objects.get(pk=merge.pk)  # as it is now: both are held
    if merge.undone_at:
        raise ValidationError(_("This merge was undone already."))
    if kept.merged_into_id:
        raise ValidationError(_("The kept one was merged into another since. Undo that merge first."))
    with door(), acting(system(by.organisation_id, PURPOSE)):
        for step in reversed(merge.moved):
            if "pair" in step:
                undecide(kept, absorbed, step["pair"])
            else:
                moving.step_back(step, kept, absorbed)
    absorbed.merged_into = None
    absorbed.save(update_fields=["merged_into"])
    rename(kept)
    rename(absorbed)
    merge.taken_back(by)
    audit.record(by, "institution.merge_undone", kept, purpose=absorbed.ref)
    return absorbed
