"""A model field whose text is sealed in the database and open in Python, for those whose keys open it."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db import models

from . import sealing
from .keys import data
from .tiers import Tier


class SealedText:
    """What came from the database and was not opened yet."""

    def __init__(self, blob: bytes) -> None:
        self.blob = blob


def ahead(rows: Iterable[models.Model], *fields: str) -> None:
    """Get the keys of these sealed fields ready for all rows of a page: two statements instead of two for each row."""
    values = (row.__dict__.get(field) for row in rows for field in fields)
    blobs = [value.blob for value in values if isinstance(value, SealedText) and value.blob]
    data.ahead({sealing.ref_in(blob) for blob in blobs})


class _Opening:
    """Opens the text when it is asked for; `row.field` is a str always."""

    def __init__(self, field: "SealedTextField") -> None:
        self.field = field

    def __get__(self, row: models.Model | None, owner: Any = None) -> Any:
        if row is None:
            return self
        value = row.__dict__.get(self.field.attname, self.field.nothing)
        if isinstance(value, SealedText):
            return self.field.opened(row, value.blob) if value.blob else self.field.nothing
        return value

    def __set__(self, row: models.Model, value: Any) -> None:
        row.__dict__[self.field.attname] = value


class SealedTextField(models.Field):  # type: ignore[type-arg]
    """Text of tier 2 and above. `holder` says whose key seals it: (row) -> (organisation id, holder's ref).

    The row needs a `ref` that is there before it is saved: the ciphertext is bound to it. `tier` may be a number, or
    a function of the row (a note is as secret as its case). Cannot be searched, ordered or set by `update()`.
    """

    description = "sealed text"
    empty_strings_allowed = True
    nothing: str | bytes = ""

    def __init__(
        self,
        *args: Any,
        holder: Callable[[Any], tuple[int, str]] | None = None,
        tier: Tier | Callable[[Any], Tier] = Tier.T2,
        **kwargs: Any,
    ) -> None:
        self.holder, self.tier = holder, tier
        kwargs.setdefault("default", self.nothing)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", args, {**kwargs, "default": bytes}

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Opening(self))

    def db_type(self, connection: Any) -> str:
        return "bytea"

    def place(self, row: Any) -> sealing.Place:
        """Where this row's text belongs; the ciphertext opens nowhere else."""
        assert self.holder, "say whose key seals it"
        organisation_id, holder = self.holder(row)
        tier = self.tier(row) if callable(self.tier) else self.tier
        return sealing.Place(organisation_id, holder, row._meta.db_table, row.ref, self.name, tier)

    def opened(self, row: Any, blob: bytes) -> str | bytes:
        """What is sealed in the row. Raises Locked, Unreadable."""
        return sealing.unseal(self.place(row), blob)

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes:
        """The sealed bytes for the database. What was not opened is written back as it was."""
        value = model_instance.__dict__.get(self.attname, "")
        if isinstance(value, SealedText):
            return value.blob
        return sealing.seal(self.place(model_instance), value) if value else b""

    def value_from_object(self, obj: models.Model) -> Any:
        """The value in a form: an empty box where the text cannot be opened."""
        try:
            return super().value_from_object(obj)
        except sealing.Unreadable:
            return ""

    def save_form_data(self, instance: models.Model, data: Any) -> None:
        """Take the value from a form: an empty box over a text that cannot be opened leaves it as it is."""
        if data or not isinstance(instance.__dict__.get(self.attname), SealedText) or self._opens(instance):
            super().save_form_data(instance, data)

    def _opens(self, row: models.Model) -> bool:
        try:
            getattr(row, self.attname)
        except sealing.Unreadable:
            return False
        return True

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if not isinstance(value, bytes | memoryview):
            raise TypeError(f"{self.name} is sealed: save the row, update() cannot seal")
        return value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> SealedText:
        return SealedText(bytes(value or b""))

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.CharField, "max_length": self.max_length, **kwargs})


class SealedBytesField(SealedTextField):
    """A whole file of tier 2 and above; `row.field` is bytes always."""

    description = "sealed file"
    nothing = b""

    def opened(self, row: Any, blob: bytes) -> bytes:
        return sealing.unseal_bytes(self.place(row), blob)
