"""Two records, one person: everything moves to the record that is kept, and can go back.

Which rows move is not written here: every model says so itself (`class Privacy: merge = "move"`), in any module.
`Merge.moved` is the list to walk back:

    {"model": "people.channel", "field": "person", "ids": [1, 2]}       rows that went over
    {"model": "support.supportperson", "dropped": {...}}                a row that the kept person had already
    {"filled": ["birth"]}                                               blanks of the kept record that were filled
    {"pair": "suspected"}                                               what was known of the two before
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, system
from przystan.access.doors import door
from przystan.access.fields import SealedTextField
from przystan.access.history import without_history
from przystan.access.scope import acting
from przystan.access.sealing import Unreadable

from ..enums import PairState, Sex
from ..models import Merge, PairVerdict, Person
from ..policies import require_merge
from .pairs import decide, pair_of

FILLABLE = ("birth", "arrived", "centre_reference", "sex")
EMPTY = ("", Sex.UNKNOWN)


@transaction.atomic
def merge(*, by: Actor, kept: Person, absorbed: Person) -> Merge:
    """Make `absorbed` a part of `kept`. ValidationError when one is merged or protected, or they are one."""
    require_merge(by, kept, absorbed)
    without_history()
    kept, absorbed = _locked(kept, absorbed)
    if kept.pk == absorbed.pk:
        raise ValidationError(_("Choose two different people."))
    if kept.protected or absorbed.protected:
        raise ValidationError(_("A protected person is not merged. Take the protection back first."))
    if kept.merged_into_id or absorbed.merged_into_id:
        raise ValidationError(_("One of the two was merged already. Open the kept person and look again."))
    moved: list[dict[str, Any]] = [{"pair": getattr(pair_of(kept, absorbed), "state", "")}]
    # Case files, for example, show to their team only; all follow the person.
    with door(), acting(system(by.organisation_id, "people.merge")):
        for model, field in person_links():
            moved += _move(model, field, absorbed, kept)
    moved += _fill(kept, absorbed)
    absorbed.merged_into = kept
    absorbed.save(update_fields=["merged_into"])
    decide(by, kept, absorbed, PairState.MERGED)
    audit.record(by, "person.merge", kept, purpose=absorbed.ref)
    return Merge.objects.create(kept=kept, absorbed=absorbed, moved=moved, by_id=by.user_id)


@transaction.atomic
def undo_merge(*, by: Actor, merge: Merge) -> Person:
    """Give the absorbed record back what was its own; returns it. What was added to the kept one since stays there."""
    require_merge(by, merge.kept, merge.absorbed)
    without_history()
    kept, absorbed = _locked(merge.kept, merge.absorbed)
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at:
        raise ValidationError(_("This merge was undone already."))
    if kept.merged_into_id:
        raise ValidationError(_("The kept person was merged into another since. Undo that merge first."))
    with door(), acting(system(by.organisation_id, "people.merge")):
        for step in reversed(merge.moved):
            _step_back(step, kept, absorbed)
    absorbed.merged_into = None
    absorbed.save(update_fields=["merged_into"])
    merge.undone_at, merge.undone_by_id = timezone.now(), by.user_id
    merge.save(update_fields=["undone_at", "undone_by"])
    audit.record(by, "person.merge_undone", kept, purpose=absorbed.ref)
    return absorbed


def person_links() -> Iterator[tuple[type[models.Model], str]]:
    """(model, name of its foreign key to Person) for all rows that follow a person in a merge."""
    for model in apps.get_models():
        if getattr(getattr(model, "Privacy", None), "merge", "") != "move":
            continue
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is Person:
                yield model, field.name


def _locked(*people: Person) -> list[Person]:
    """The same people, fresh and locked in the order of ids, so that two merges never wait for each other."""
    rows = Person.objects.select_for_update().order_by("pk").in_bulk([person.pk for person in people])
    return [rows[person.pk] for person in people]


def _move(model: type[models.Model], field: str, absorbed: Person, kept: Person) -> list[dict[str, Any]]:
    rows = model._base_manager.filter(**{field: absorbed})
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    if not ids:
        return []
    if _update(model, ids, field, kept):
        return [_went(model, field, ids)]
    steps = []
    for pk in ids:  # a few of them are there already: one by one
        if _update(model, [pk], field, kept):
            steps.append(_went(model, field, [pk]))
        else:
            steps += _drop(model, pk)
    return steps


def _went(model: type[models.Model], field: str, ids: list[int]) -> dict[str, Any]:
    return {"model": model._meta.label_lower, "field": field, "ids": ids}


def _update(model: type[models.Model], ids: list[int], field: str, person: Person) -> bool:
    try:
        with transaction.atomic():
            rows = list(model._base_manager.filter(pk__in=ids)) if _sealed(model) else []
            texts = [_opened(row, field) for row in rows]
            model._base_manager.filter(pk__in=ids).update(**{field: person})
            for row, text in zip(rows, texts, strict=True):
                _reseal(row, field, person, text)
    except IntegrityError:
        return False
    return True


def _sealed(model: type[models.Model]) -> "list[SealedTextField[Any, Any]]":
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedTextField)]


def _opened(row: Any, link: str) -> dict[str, str]:
    """Texts that the key of the person closes: they would not open under another's."""
    texts = {}
    for field in _sealed(type(row)):
        if field.place(row).holder == getattr(row, link).ref:
            with suppress(Unreadable):  # it goes along as it is
                texts[field.name] = getattr(row, field.name)
    return texts


def _reseal(row: Any, link: str, person: Person, texts: dict[str, str]) -> None:
    setattr(row, link, person)
    for name, text in texts.items():
        setattr(row, name, text)
    if texts:
        row.save(update_fields=list(texts))


def _drop(model: type[models.Model], pk: int) -> list[dict[str, Any]]:
    """Take away a row that the kept person has already. In a closed period it stays where it is."""
    row = model._base_manager.get(pk=pk)
    copy = serializers.serialize("python", [row])[0]
    try:
        with transaction.atomic():
            row.delete()
    except IntegrityError:
        return []
    return [{"model": copy["model"], "dropped": _plain({"pk": copy["pk"], "fields": copy["fields"]})}]


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    """Only what JSON can hold."""
    plain: dict[str, Any] = json.loads(json.dumps(value, cls=DjangoJSONEncoder))
    return plain


def _fill(kept: Person, absorbed: Person) -> list[dict[str, Any]]:
    """Copy what only the absorbed record knows."""
    filled = [name for name in FILLABLE if getattr(kept, name) in EMPTY and getattr(absorbed, name) not in EMPTY]
    for name in filled:
        setattr(kept, name, getattr(absorbed, name))
    if filled:
        kept.save(update_fields=filled)
    return [{"filled": filled}] if filled else []


def _step_back(step: dict[str, Any], kept: Person, absorbed: Person) -> None:
    if "pair" in step:
        _restore_pair(step["pair"], kept, absorbed)
    elif "filled" in step:
        _empty(kept, absorbed, step["filled"])
    elif "dropped" in step:
        row = {"model": step["model"], **step["dropped"]}
        for found in serializers.deserialize("python", [row], ignorenonexistent=True):
            found.save()
    else:
        model, field = apps.get_model(step["model"]), step["field"]
        rows = model._base_manager.filter(pk__in=step["ids"], **{field: kept})
        _update(model, list(rows.values_list("pk", flat=True)), field, absorbed)


def _empty(kept: Person, absorbed: Person, names: list[str]) -> None:
    """Blanks again, unless somebody has written something else since."""
    same = [name for name in names if getattr(kept, name) == getattr(absorbed, name)]
    for name in same:
        setattr(kept, name, Sex.UNKNOWN if name == "sex" else "")
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
