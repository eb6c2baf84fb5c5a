"""Models with one door: their rows are written only while an action holds the door open."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model, covariant=True)
_held: ContextVar[bool] = ContextVar("door_held", default=False)


class LockedDoor(RuntimeError):
    """Somebody wrote past the action: a mistake of the programmer, never of the user."""


@contextmanager
def door() -> Iterator[None]:
    """Held by actions while they write rows of locked models."""
    token = _held.set(True)
    try:
        yield
    finally:
        _held.reset(token)


def check_door(model: type[models.Model]) -> None:
    """Raise LockedDoor unless an action holds the door."""
    if not _held.get():
        raise LockedDoor(f"{model._meta.label} is written by its module's actions only")


class LockedQuerySet(models.QuerySet[Row]):
    """Writing through a queryset raises unless an action holds the door."""

    def update(self, **values: Any) -> int:
        check_door(self.model)
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        check_door(self.model)
        return super().delete()

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[Any]:
        check_door(self.model)
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        check_door(self.model)
        return super().bulk_update(*args, **kwargs)


class LockedModel(models.Model):
    """Saving and deleting a row raise unless an action holds the door."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        check_door(type(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        check_door(type(self))
        return super().delete(*args, **kwargs)
