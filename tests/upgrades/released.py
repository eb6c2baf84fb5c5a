"""Which migrations were released, and what they were: `released.json`, a list that only grows.

`make release` adds the migrations of the version in pyproject.toml that no version had before.
"""

import hashlib
import inspect
import json
import os
import tomllib
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.db.migrations import RunSQL
from django.db.migrations.loader import MigrationLoader

LIST = Path(__file__).with_name("released.json")
PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


def released() -> dict[str, dict[str, str]]:
    """Version -> the migrations that came with it ("people.0001_initial") -> their digests."""
    found: dict[str, dict[str, str]] = json.loads(LIST.read_text())
    return found


def digests() -> dict[str, str]:
    """The migrations of our modules that are in the sources now -> their digests."""
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("przystan.")}
    there = MigrationLoader(None).disk_migrations
    return {f"{app}.{name}": digest(one) for (app, name), one in sorted(there.items()) if app in ours}


def digest(migration: Any) -> str:
    """Of the file, and of the SQL that it takes from elsewhere (`access.locks`, `access.history`)."""
    sql = [str(one.sql) for one in migration.operations if isinstance(one, RunSQL)]
    text = Path(inspect.getfile(type(migration))).read_text() + "\0".join(sql)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def version() -> str:
    """The version of these sources."""
    found: str = tomllib.loads(PROJECT.read_text())["project"]["version"]
    return found


def release() -> int:
    """Add what is new to the list, as of this version; returns how many migrations that are."""
    versions = released()
    before = {name for names in versions.values() for name in names}
    new = {name: one for name, one in digests().items() if name not in before}
    versions[version()] = versions.get(version(), {}) | new
    LIST.write_text(json.dumps(versions, indent=1) + "\n")
    return len(new)


if __name__ == "__main__":
    os.environ.setdefault("DATABASE_URL", "postgres:///none")  # no table is asked
    os.environ["DJANGO_SETTINGS_MODULE"] = "przystan.project.settings_test"
    django.setup()
    print(f"{release()} migrations are released with {version()}. From now on they stay as they are.")
