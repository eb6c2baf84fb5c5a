"""The lock that a model declares is the one that the migrations make."""

import re

import pytest
from django.apps import apps

from przystan.access.locks import Lock, under, when_changed
from przystan.people.queries.links import privacy_of
from przystan.project.checks.declared import declared

MODELS = [model for model in apps.get_models() if model.__module__.startswith("przystan.")]
JOINED = [
    (model, field.remote_field.through)
    for model in MODELS
    for field in model._meta.local_many_to_many
    if field.remote_field.through._meta.auto_created
]
MADE = declared()
ALIAS = re.compile(r"FROM (\w+) \w WHERE \w\.id")


def plain(sql: str) -> str:
    """Without line breaks, and with one name for the table that is asked."""
    return ALIAS.sub(r"FROM \1 x WHERE x.id", " ".join(sql.split()))


def wanted(lock: Lock) -> str:
    return plain(f"USING ({lock.seen}) WITH CHECK ({lock.written or lock.seen})")


def narrowed(lock: Lock) -> dict[str, str]:
    """What `access.locks.narrow` makes of it."""
    rules = {"when_added": f"INSERT WITH CHECK ({lock.added})", "when_removed": f"DELETE USING ({lock.removed})"}
    those = [name for name, said in (("when_added", lock.added), ("when_removed", lock.removed)) if said]
    return {name: plain(f"AS RESTRICTIVE FOR {rules[name]}") for name in those}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_model_declares_its_lock(model: type) -> None:
    privacy, table = privacy_of(model), model._meta.db_table  # type: ignore[attr-defined]
    lock, why = getattr(privacy, "lock", None), getattr(privacy, "unlocked", "")
    assert bool(lock) != bool(why), "say `lock = ...` in its class Privacy (access.locks), or `unlocked` and why"
    if lock:
        assert table in MADE.locked, f"write `lock({table!r}, ...)` in a migration of its module"
        made = {name: plain(rule) for (of, name), rule in MADE.policies.items() if of == table}
        assert made == {"need_to_know": wanted(lock), **narrowed(lock)}
        does = when_changed(table, lock.changed) if lock.changed else None
        assert MADE.functions.get(f"{table}_when_changed") == does, "what may become of its rows: `narrow`"
        assert ((table, "when_changed") in MADE.triggers) == bool(lock.changed)
    else:
        assert table not in MADE.locked


@pytest.mark.parametrize(("model", "through"), JOINED, ids=lambda one: one._meta.label)
def test_what_joins_two_tables_is_seen_with_the_first(model: type, through: type) -> None:
    table, owner = through._meta.db_table, model._meta.db_table  # type: ignore[attr-defined]
    if not hasattr(privacy_of(model), "lock"):
        assert table not in MADE.locked
        return
    assert plain(MADE.policies[table, "need_to_know"]) == wanted(under(owner, f"{model._meta.model_name}_id"))  # type: ignore[attr-defined]
