"""Two rows, one thing: what hangs on the one moves to the other, and can go back.

Which rows move is not written here: every model says so itself (`class Privacy: merge = "move"`), in any module. What
`move` returns is the list that `step_back` walks back:

    {"model": "people.channel", "field": "person", "ids": [1, 2]}       rows that went over
    {"model": "support.supportperson", "dropped": {...}}                a row that the kept one had already
    {"filled": ["birth"]}                                               blanks of the kept row that were filled
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from django.apps import apps
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction

from .fields import SealedTextField
from .sealing import Unreadable

Step = dict[str, Any]
Row = TypeVar("Row", bound=models.Model)


def links_to(target: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """(model, name of its foreign key to `target`) for all rows that follow in a merge."""
    for model in apps.get_models():
        if getattr(getattr(model, "Privacy", None), "merge", "") != "move":
            continue
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is target:
                yield model, field.name


def move(absorbed: models.Model, kept: models.Model) -> list[Step]:
    """Let everything that hangs on `absorbed` hang on `kept`. The caller holds both rows."""
    return [step for model, field in links_to(type(kept)) for step in move_rows(model, field, absorbed, kept)]


def fill(kept: models.Model, absorbed: models.Model, names: Sequence[str], empty: Sequence[Any]) -> list[Step]:
    """Copy what only the absorbed row knows of these fields. `empty`: values that say nothing."""
    filled = [name for name in names if getattr(kept, name) in empty and getattr(absorbed, name) not in empty]
    for name in filled:
        setattr(kept, name, getattr(absorbed, name))
    if filled:
        kept.save(update_fields=filled)
    return [{"filled": filled}] if filled else []


def step_back(step: Step, kept: models.Model, absorbed: models.Model) -> None:
    """Undo one step. What was written since stays with the kept row."""
    if "filled" in step:
        _empty(kept, absorbed, step["filled"])
    elif "dropped" in step:
        row = {"model": step["model"], **step["dropped"]}
        for found in serializers.deserialize("python", [row], ignorenonexistent=True):
            found.save()
    else:
        model, field = apps.get_model(step["model"]), step["field"]
        rows = model._base_manager.filter(pk__in=step["ids"], **{field: kept})
        _update(model, list(rows.values_list("pk", flat=True)), field, absorbed)


def locked(one: Row, other: Row) -> tuple[Row, Row]:
    """The same two, fresh and locked in the order of ids, so that two merges never wait for each other."""
    rows = type(one)._default_manager.select_for_update().order_by("pk").in_bulk([one.pk, other.pk])
    return rows[one.pk], rows[other.pk]


def move_rows(model: type[models.Model], field: str, absorbed: models.Model, kept: models.Model) -> list[Step]:
    """The rows of one model, by its foreign key `field`."""
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


def _went(model: type[models.Model], field: str, ids: list[int]) -> Step:
    return {"model": model._meta.label_lower, "field": field, "ids": ids}


def _update(model: type[models.Model], ids: list[int], field: str, owner: models.Model) -> bool:
    try:
        with transaction.atomic():
            rows = list(model._base_manager.filter(pk__in=ids)) if _sealed(model) else []
            texts = [_opened(row, field) for row in rows]
            model._base_manager.filter(pk__in=ids).update(**{field: owner})
            for row, text in zip(rows, texts, strict=True):
                _reseal(row, field, owner, text)
    except IntegrityError:
        return False
    return True


def _sealed(model: type[models.Model]) -> list[SealedTextField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedTextField)]


def _opened(row: Any, link: str) -> dict[str, str]:
    """Texts that the key of their owner closes: they would not open under another's."""
    texts = {}
    for field in _sealed(type(row)):
        if field.place(row).holder == getattr(row, link).ref:
            with suppress(Unreadable):  # it goes along as it is
                texts[field.name] = getattr(row, field.name)
    return texts


def _reseal(row: Any, link: str, owner: models.Model, texts: dict[str, str]) -> None:
    setattr(row, link, owner)
    for name, text in texts.items():
        setattr(row, name, text)
    if texts:
        row.save(update_fields=list(texts))


def _drop(model: type[models.Model], pk: int) -> list[Step]:
    """Take away a row that the kept one has already. In a closed period it stays where it is."""
    row = model._base_manager.get(pk=pk)
    copy = serializers.serialize("python", [row])[0]
    try:
        with transaction.atomic():
            row.delete()
    except IntegrityError:
        return []
    return [{"model": copy["model"], "dropped": _plain({"pk": copy["pk"], "fields": copy["fields"]})}]


def _plain(value: Step) -> Step:
    """Only what JSON can hold."""
    plain: Step = json.loads(json.dumps(value, cls=DjangoJSONEncoder))
    return plain


def _empty(kept: models.Model, absorbed: models.Model, names: list[str]) -> None:
    """As a new row has them again, unless somebody has written something else since."""
    same = [name for name in names if getattr(kept, name) == getattr(absorbed, name)]
    for name in same:
        setattr(kept, name, kept._meta.get_field(name).get_default())  # type: ignore[union-attr]
    if same:
        kept.save(update_fields=same)
