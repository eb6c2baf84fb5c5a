"""A form that changes what others may change too knows what it showed, so nobody overwrites a colleague unseen."""

import json
from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.template.defaultfilters import yesno
from django.utils.choices import flatten_choices
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from .fields import MinutesField, PartialDateField
from .templatetags.ui import day, minutes

NAME = "read"
# What is said to who saves second; nothing is saved.
CHANGED_MEANWHILE = _("Somebody changed this while you were writing. Look at both, then save again.")


def mark_of(values: Iterable[object]) -> str:
    """24 characters that stand for these values: a page carries them to the one who saves."""
    return salted_hmac("przystan.seen", json.dumps([str(value) for value in values])).hexdigest()[:24]


def unseen(data: Any, mark: str) -> bool:
    """Whether a form comes back that was filled in beside something else. Whoever sends no mark has read nothing."""
    sent = data.get(NAME)
    return bool(sent) and not constant_time_compare(str(sent), mark)


class Seen:
    """For model forms. When one comes back, its row is locked and read anew; `meanwhile` says how it differs.

    The row must be given, be it a new one: values of a row, given as `initial`, would be a form that knows nothing of
    what it showed. The page draws `seen` as a hidden field and `meanwhile` (c-error-summary does both).
    """

    meanwhile: list[tuple[str, str]] | None = None

    def __init__(self, data: Any = None, *args: Any, instance: Model, **kwargs: Any) -> None:
        if data is not None and instance.pk:
            instance.refresh_from_db(from_queryset=type(instance)._base_manager.select_for_update())
        super().__init__(data, *args, instance=instance, **kwargs)  # type: ignore[call-arg]

    def beside(self) -> list[object]:
        """What else the page changes together with the row."""
        return []

    @property
    def seen(self) -> str:
        """The mark of what is shown: what the form came back with, or what is saved now."""
        form: Any = self
        kept = form.data.get(NAME) if form.is_bound and self.meanwhile is None else None
        return str(kept or self._mark())

    def clean(self) -> Any:
        form: Any = self
        cleaned = super().clean()  # type: ignore[misc]
        if form.instance.pk and unseen(form.data, self._mark()):
            form.add_error(None, ValidationError(CHANGED_MEANWHILE, code="meanwhile"))
            self.meanwhile = differing(form)
        return cleaned

    def _mark(self) -> str:
        form: Any = self
        if not form.instance.pk:
            return ""
        fields = ((one.name, _plain(one.field, one.initial)) for one in form)
        return mark_of([form.instance.pk, *fields, *self.beside()])


def differing(form: forms.BaseForm) -> list[tuple[str, str]]:
    """(label, what is saved) of every field in which a form that was sent says otherwise than its `initial`."""
    asked = [bound for bound in form if bound.name in form.changed_data and not bound.is_hidden]
    return [(str(bound.label), _words(bound.field, bound.initial)) for bound in asked]


def _plain(field: forms.Field, value: Any) -> object:
    """A value as a form sends it; several ones in any order."""
    sent = field.prepare_value(value)
    return sorted(map(str, sent)) if isinstance(sent, list | tuple | set) else sent


def _words(field: forms.Field, value: Any) -> str:
    """A saved value, for people to read."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(field.label_from_instance(one) for one in value or ())
    match field, value:
        case _, None:
            return ""
        case _, bool():
            return str(yesno(value))
        case forms.ModelChoiceField(), _:
            return _chosen(field, value)
        case forms.MultipleChoiceField(), _:
            return ", ".join(str(dict(field.choices).get(one, one)) for one in value)  # type: ignore[arg-type]
        case MinutesField(), _:
            return minutes(value)
        case _ if hasattr(field.widget, "choices"):
            return str(dict(flatten_choices(field.widget.choices)).get(value, value))
        case _, time():
            return f"{value:%H:%M}"
        case (PartialDateField(), _) | (_, date()):
            return day(value)
    return str(value)


def _chosen(field: forms.ModelChoiceField, value: Any) -> str:
    row = value if isinstance(value, Model) else field.queryset.model._base_manager.filter(pk=value).first()
    return field.label_from_instance(row) if row else ""
