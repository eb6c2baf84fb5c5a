"""The audit log in words: what was done, with what, which fields. Rows themselves hold codes, in no language."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .actors import BEARER
from .models import AuditEntry, User
from .modules import deeds
from .roles import BY_CODE

# Facts about people are rows of many kinds: `citizenship.add`. The verb, and the kind in words.
VERBS: dict[str, str | Promise] = {
    "add": pgettext_lazy("audit log", "added"),
    "change": pgettext_lazy("audit log", "changed"),
    "end": pgettext_lazy("audit log", "ended"),
    "remove": pgettext_lazy("audit log", "removed"),
}
# What stands in rows and is no field with a label of its own.
OTHERS: dict[str, str | Promise] = {
    "text": _("text"),
    "payer": _("who pays"),
    "password": _("password"),
    "seen_by": _("who saw the document"),
    "household": _("household"),
    "ends_at": _("until"),
    "reversed_by": _("counter-entry"),
    "next_step_done_at": _("next step"),
    "is_active": _("may log in"),
    "restricted_on": _("restriction"),
    "withdrawn_on": _("withdrawn"),
    "justified": _("it was right"),
    "not_justified": _("it was not right"),
}


@dataclass(frozen=True)
class Told:
    """One row in words of the page's language; `who` is "" for the system, `about` a colleague or a code."""

    seq: int
    at: datetime
    who: str
    roles: list[str]
    deed: str
    what: str
    ref: str
    fields: list[str]
    about: str
    tier: int


def told(rows: Iterable[AuditEntry]) -> list[Told]:
    """The same rows in words, in the same order. `actor` should be selected with them."""
    found = list(rows)
    names = dict(User.objects.filter(ref__in={row.purpose for row in found}).values_list("ref", "full_name"))
    return [_told(row, names) for row in found]


def _told(row: AuditEntry, names: dict[str, str]) -> Told:
    model, (deed, kind) = _model(row.model), _deed(row.action)
    shown = kind or _shown(model, row.fields)
    labels = [_label(shown, name) for name in row.fields]
    return Told(
        seq=row.seq,
        at=row.at,
        who=_who(row),
        roles=[str(BY_CODE[code].name) if code in BY_CODE else code for code in row.roles.split()],
        deed=deed,
        what=_name(model) if model else row.model,
        ref=row.object_ref,
        fields=list(dict.fromkeys(label for label in labels if label)),
        about="" if row.purpose == BEARER else names.get(row.purpose, row.purpose),
        tier=row.tier,
    )


def _who(row: AuditEntry) -> str:
    if row.actor:
        return row.actor.full_name
    return str(_("who holds a link")) if row.purpose == BEARER else ""


def _deed(action: str) -> tuple[str, Any]:
    """The words for an action, and the model of the fact it is about."""
    if words := deeds().get(action):
        return str(words), None
    kind, _dot, verb = action.partition(".")
    model = next((model for model in apps.get_models() if model._meta.model_name == kind), None)
    return (f"{VERBS[verb]}: {_name(model)}", model) if model and verb in VERBS else (action, None)


def _model(label: str) -> Any:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def _name(model: Any) -> str:
    return str(model._meta.verbose_name)


def _label(model: Any, name: str) -> str:
    """What people call a field, or the rows behind it; the code of a role in words; the bare name of anything else."""
    if name in BY_CODE:
        return str(BY_CODE[name].name)
    if name in OTHERS:
        return str(OTHERS[name])
    field = _field(model, name)
    if field is None:
        return name.replace("_", " ")
    unnamed = isinstance(field, models.ForeignObjectRel) or str(field.verbose_name) == name.replace("_", " ")
    return _name(field.related_model) if field.is_relation and unnamed else str(field.verbose_name)


def _shown(model: Any, names: list[str]) -> Any:
    """Whose fields these are: the model's own, or those of the rows on its page that have the most of them."""
    hanging = [relation.related_model for relation in model._meta.related_objects] if model else []
    return max([model, *hanging], key=lambda one: sum(_field(one, name) is not None for name in names))


def _field(model: Any, name: str) -> Any:
    with suppress(AttributeError, FieldDoesNotExist):
        return model._meta.get_field(name)
    return None
