"""What a model says of its history is what the migrations make."""

import re

import pytest
from django.apps import apps
from django.db.migrations import RunSQL
from django.db.migrations.loader import MigrationLoader

from przystan.access.history import History
from przystan.access.models import Before
from przystan.project.checks.declared import in_order
from przystan.project.locking import kept_of

MODELS = [model for model in apps.get_models() if model.__module__.startswith("przystan.")]
MADE = re.compile(r"CREATE TRIGGER keep_before AFTER [\w ]+ ON (\w+) [^;]*")
GONE = re.compile(r"DROP TRIGGER keep_before ON (\w+)")


def made() -> dict[str, str]:
    """Table -> the trigger that keeps what its rows said, as the migrations leave it."""
    loader, found = MigrationLoader(None), dict[str, str]()
    for node in in_order(loader):
        for operation in loader.disk_migrations[node].operations:
            sql = str(operation.sql) if isinstance(operation, RunSQL) else ""
            for table in GONE.findall(sql):
                found.pop(table)
            found |= {one[1]: one[0] for one in MADE.finditer(sql)}
    return found


TRIGGERS = made()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_model_declares_its_history(model: type) -> None:
    table = model._meta.db_table  # type: ignore[attr-defined]
    said: History | None = getattr(getattr(model, "Privacy", None), "history", None)
    sentence = f"{table}: say `history` in its class Privacy as its migration makes it, or write `kept` in a migration"
    assert TRIGGERS.get(table) == (str(said.of(table).sql) if said else None), sentence


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_earlier_wordings_stay_in_their_module(model: type) -> None:
    """They are shown to whoever may see that module's rows: in another's table its readers would see them."""
    said: History | None = getattr(getattr(model, "Privacy", None), "history", None)
    own = {one._meta.db_table for one in MODELS if one._meta.app_label == model._meta.app_label}  # type: ignore[attr-defined]
    assert said is None or said.into in own, (
        f"{said.into if said else ''} is another module's: make a `Before` of its own"
    )


@pytest.mark.parametrize("model", [one for one in MODELS if issubclass(one, Before)], ids=lambda one: one._meta.label)
def test_a_table_of_earlier_wordings_is_somebodys(model: type) -> None:
    into = model._meta.db_table  # type: ignore[attr-defined]
    kept = [one for one in MODELS if (said := getattr(one.Privacy, "history", None)) and said.into == into]  # type: ignore[attr-defined]
    assert kept, "no model names it in `history` of its class Privacy"


def test_a_new_table_gets_its_trigger_with_its_lock() -> None:
    model = next(one for one in MODELS if one._meta.label == "people.Channel")
    sql = [str(one.sql) for one in kept_of(model)]
    assert TRIGGERS["people_channel"] in sql
    assert any("ENABLE ROW LEVEL SECURITY" in one for one in sql)
