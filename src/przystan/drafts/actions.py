"""Drafts are kept while somebody types, and go when the form is saved, thrown away, or left for some days.

None leaves a row in the audit log: they are one's own words, nothing of anybody is shown or changed by them.
"""

import re
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from przystan.access.actors import Actor, system
from przystan.access.keys import data
from przystan.access.models import User
from przystan.access.scope import acting
from przystan.access.sealing import Unreadable
from przystan.access.tiers import Tier
from przystan.kernel.refs import RefConverter, new_ref

from .models import Draft, DraftQuerySet, digest

REF = re.compile(rf"(?<![\w]){RefConverter.regex}(?![\w])")


class Saved(Exception):
    """The form was saved meanwhile: this is of before."""


@transaction.atomic
def keep(*, by: Actor, ref: str, turn: int, form: str, tier: Tier, values: str) -> Draft:
    """What a page holds now. `turn`: of the draft as that page knows it, 0 where it has kept nothing yet.

    Where another page has written to it meanwhile, it is kept as a draft of its own, with another `ref`. Raises Saved;
    sealing.NoKey where the writer has no key to close it with.
    """
    found = Draft.objects.seen_by(by).filter(ref=ref).first()
    if found and found.over:
        raise Saved
    about = sorted(digest(one) for one in {*REF.findall(form), *REF.findall(values)})
    if found and found.turn == turn and found.tier == tier and _written(found, about, values):
        found.turn += 1
        return found
    made = Draft(organisation_id=by.organisation_id, by_id=by.user_id or 0, form=digest(form), about=about, tier=tier)
    made.ref = new_ref() if found or turn else ref
    return _made(by, made, values)


def settle(*, by: Actor, ref: str) -> None:
    """What was typed is saved. What the page may still send of it is refused from now on."""
    done = Draft(organisation_id=by.organisation_id, by_id=by.user_id or 0, ref=ref, over=True)
    try:
        with transaction.atomic():
            fields = ["over", "content", "about", "at"]
            Draft.objects.bulk_create([done], update_conflicts=True, unique_fields=["ref"], update_fields=fields)
    except DatabaseError:
        return  # somebody else's: no page of ours sends that
    data.destroy([ref])


@transaction.atomic
def throw_away(*, by: Actor, ref: str) -> None:
    """One's own draft goes, with its key. Raises Draft.DoesNotExist."""
    _gone(Draft.objects.filter(pk=Draft.objects.seen_by(by).waiting().get(ref=ref).pk))


def throw_old() -> int:
    """Delete drafts that nobody has touched for `settings.DRAFT_DAYS`; returns how many. For the job."""
    return _gone(Draft.objects.filter(at__lt=timezone.now() - timedelta(days=settings.DRAFT_DAYS)))


def forget_naming(organisation_id: int, refs: Collection[str] | None) -> None:
    """Somebody is erased, or hidden: what names these goes; all that names anything, where `refs` is None."""
    drafts = Draft.objects.filter(organisation_id=organisation_id)
    named = drafts.exclude(about=[]) if refs is None else drafts.filter(about__overlap=[digest(one) for one in refs])
    with acting(system(organisation_id, "copies.throw")):
        _gone(named)


def forget_for_excluded(by: Actor, person: Any, user: User) -> None:
    """Whoever must not know of a person keeps nothing that may tell of them."""
    with acting(system(by.organisation_id, "copies.throw")):
        _gone(Draft.objects.filter(organisation_id=by.organisation_id, by=user).exclude(about=[]))


def forget_of(*, user_id: int) -> None:
    """Who works here no more is erased: so is what they had begun to write. Called as the system."""
    _gone(Draft.objects.filter(by_id=user_id))


def _made(by: Actor, draft: Draft, values: str) -> Draft:
    """A new draft, closed for its writer alone; beside so many others the oldest goes."""
    _close_for_writer(draft)
    draft.content = values
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except DatabaseError as error:  # saved, a moment ago, by the same page
        raise Saved from error
    old = Draft.objects.seen_by(by).waiting().values_list("pk", flat=True)[settings.DRAFTS_MOST :]
    if surplus := list(old):
        _gone(Draft.objects.filter(pk__in=surplus))
    return draft


def _written(draft: Draft, about: list[str], values: str) -> bool:
    """Whether nobody else has written to it since: it is kept in one statement."""
    draft.content = values
    sealed = Draft._meta.get_field("content")
    try:
        content = sealed.pre_save(draft, add=False)
    except Unreadable:  # the writer's own key is locked, or another one: it closes what is new all the same
        data.destroy([draft.ref])
        _close_for_writer(draft)
        content = sealed.pre_save(draft, add=False)
    new = {"content": content, "about": about, "at": timezone.now(), "turn": F("turn") + 1}
    return bool(Draft.objects.waiting().filter(pk=draft.pk, turn=draft.turn).update(**new))


def _close_for_writer(draft: Draft) -> None:
    """Above tier 2 a draft's key is closed for whoever writes it, and for no emergency. Raises NoKey."""
    if draft.tier > Tier.T2:
        data.make(draft.ref, Tier(draft.tier), draft.organisation_id, [draft.by_id], escrow=False)


def _gone(drafts: DraftQuerySet) -> int:
    refs = list(drafts.values_list("ref", flat=True))
    if refs:
        data.destroy(refs)
        Draft.objects.filter(ref__in=refs).delete()
    return len(refs)
