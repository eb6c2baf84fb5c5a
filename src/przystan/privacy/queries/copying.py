"""What somebody's copy holds: their own rows, found by `links`, with other people and staff left nameless.

GDPR Art. 15 and 20. Art. 15(4): the copy must not harm the rights of others, so third parties are not named.
"""

from datetime import date, datetime
from typing import Any

from django.db.models import BinaryField
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from przystan.access.actors import Actor
from przystan.access.fields import SealedTextField
from przystan.access.holders import Section
from przystan.access.models import User
from przystan.access.modules import subjects
from przystan.access.sealing import Unreadable
from przystan.access.tiers import CLOSED, Tier, tiers_of, title_of
from przystan.people.queries.links import Rows, Table, about_hidden, belongings, columns, privacy_of

from .secrets import secret


def copy_of(row: Any, by: Actor) -> list[Section]:
    """Everything of tiers 0 to 2 that is exported of one of `access.subjects`, in the language switched on. The caller
    acts as the system.

    Professional secrets are given by the professional, not by the centre (`releasing`).

    `by` makes it: ties to a protected person whom they may not know of are left out.
    """
    found = belongings(row)
    rows: Rows = {**found.own, **found.common}
    hidden, secrets = about_hidden(rows, found.people, by), secret(rows)
    told = {
        model: keys - hidden.get(model, set()) - secrets.get(model, set())
        for model, keys in rows.items()
        if privacy_of(model).export
    }
    sections = [_section(model, keys) for model, keys in told.items()]
    return [section for section in sections if section.rows and section.fields]


def _section(model: Table, keys: set[Any]) -> Section:
    fields = [field for field in columns(model) if _is_told(model, field)]
    found = model._base_manager.filter(pk__in=keys).order_by("pk")
    rows = [[_text(row, field) for field in fields] for row in found]
    named = [(field.name, str(field.verbose_name)) for field in fields]
    return Section(model._meta.label_lower, title_of(model), named, [row for row in rows if any(row)])


def _is_told(model: Table, field: Any) -> bool:
    """What has a label that people read; technical columns have none. Texts of a file are sealed by its own tier."""
    labelled = isinstance(field.verbose_name, Promise)
    tier = tiers_of(privacy_of(model)).get(field.name, Tier.T0)
    return labelled and (tier not in CLOSED or isinstance(field, SealedTextField)) and type(field) is not BinaryField


def _text(row: Any, field: Any) -> str:
    if field.is_relation:
        return _relation(getattr(row, field.attname), field.related_model)
    if isinstance(field, SealedTextField) and tiers_of(privacy_of(type(row))).get(field.name) is Tier.T4:
        return ""
    try:
        value = getattr(row, field.name)
    except Unreadable:
        return _("cannot be opened")
    if value in (None, "", [], {}):
        return ""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def _relation(key: Any, target: Table) -> str:
    """The name of a service or a point; never of another person or of a member of staff."""
    if key is None:
        return ""
    if target is User:
        return _("a member of staff")
    if subject := subjects().get(target._meta.label_lower):
        return str(subject.unnamed)
    return str(target._base_manager.get(pk=key))
