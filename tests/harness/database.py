"""Databases for tests: migrated once per state of the sources, then copied for every process that tests.

The owner makes them; tests and the servers that they start connect as the application's role, as in life.
"""

import fcntl
import hashlib
import importlib.metadata
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase
from psycopg.sql import SQL, Identifier

from przystan.project import cluster, grants
from przystan.project.cluster import PACKAGE, Places, Share
from przystan.project.cluster.server import connect
from przystan.project.ownership import as_owner
from przystan.project.trouble import Trouble

Connection = psycopg.Connection[tuple[object, ...]]
EMBEDDED = not os.environ.get("DATABASE_URL")
# Sources that decide what the tables and their shipped rows are.
SHAPING = (
    *("**/migrations/*.py", "**/models.py", "**/models/*.py", "**/locks.py", "access/history.py", "**/grants.py"),
    *("**/loading.py", "**/data/*"),
)
LIBRARIES = ("django", "procrastinate", "django-allauth")


@contextmanager
def server() -> Iterator[None]:
    """The database server, shared with every other test process; a broken one is thrown away."""
    if not EMBEDDED:
        yield
        return
    centre = Path(os.environ["PRZYSTAN_DATA"])
    share = Share(centre, safe=False)
    try:
        share.__enter__()
    except (Trouble, psycopg.Error):
        shutil.rmtree(centre, ignore_errors=True)
        share = Share(centre, safe=False)
        share.__enter__()
    try:
        yield
    finally:
        share.__exit__()


def administrator() -> Connection:
    """A connection that may create databases."""
    if EMBEDDED:
        return connect(Places(Path(os.environ["PRZYSTAN_DATA"])))
    return connect_to(cluster.owner_database())


def owner() -> Connection:
    """A connection of the owner of the tables to the database that the tests use now."""
    return connect_to(cluster.owner_database() | {"NAME": connections.settings["default"]["NAME"]})


def connect_to(entry: dict[str, Any]) -> Connection:
    return psycopg.connect(
        host=entry["HOST"] or None,
        port=entry.get("PORT") or None,
        user=entry["USER"],
        password=entry.get("PASSWORD") or None,
        dbname=entry["NAME"],
        autocommit=True,
    )


@contextmanager
def one_at_a_time(kind: str) -> Iterator[None]:
    """Of the processes that test side by side one makes the template, and the others wait for it."""
    centre = Path(os.environ["PRZYSTAN_DATA"])
    centre.mkdir(parents=True, exist_ok=True)
    with (centre / f"{kind}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def fingerprint(*patterns: str) -> str:
    """Ten letters that change when one of these source files, this one or a library does."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in sorted({path for pattern in patterns for path in PACKAGE.glob(pattern) if path.is_file()}):
        if "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(PACKAGE)).encode() + path.read_bytes())
    digest.update(" ".join(importlib.metadata.version(name) for name in LIBRARIES).encode())
    return digest.hexdigest()[:10]


def exists(admin: Connection, name: str) -> bool:
    return admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def drop(admin: Connection, name: str) -> None:
    """On a server of one's own the owner may not end the application's connections: those that close are waited for."""
    force = SQL(" WITH (FORCE)" if EMBEDDED else "")
    admin.execute(SQL("DROP DATABASE IF EXISTS {}{}").format(Identifier(name), force))


def template(kind: str, mark: str, fill: Callable[[], None], base: str = "template1") -> str:
    """Name of the template database `kind`; made by `fill` if there is none for this mark."""
    name = f"test_{kind}_{mark}"
    with one_at_a_time(kind), administrator() as admin:
        sweep(admin, kind, keep=name)
        if not exists(admin, name):
            unfinished = f"{name}_unfinished"
            drop(admin, unfinished)
            copy(admin, base, unfinished)
            with using(unfinished), as_owner():
                fill()
                grants.grant()
            admin.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(unfinished), Identifier(name)))
    return name


def sweep(admin: Connection, kind: str, keep: str) -> None:
    """Drop templates of other marks, and copies whose process is gone."""
    names = [
        str(row[0]) for row in admin.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test!_%' ESCAPE '!'")
    ]
    for name in names:
        part = name.split("_")
        old_template = part[1] == kind and name != keep
        left_over = part[1] == "run" and not Path(f"/proc/{part[2]}").exists()
        if old_template or left_over:
            drop(admin, name)


def copy(admin: Connection, source: str, name: str) -> None:
    """CREATE DATABASE from a template."""
    owner = SQL(" OWNER przystan") if EMBEDDED else SQL("")
    admin.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(source)) + owner)


@contextmanager
def using(name: str) -> Iterator[None]:
    """Point Django at another database for a while, in every thread."""
    entry = connections.settings["default"]
    before = entry["NAME"]
    connections.close_all()
    entry["NAME"] = name
    forget()
    try:
        yield
    finally:
        connections.close_all()
        entry["NAME"] = before
        forget()


def forget() -> None:
    """Another database has another audit log."""
    from przystan.access import chain_rows  # needs the models, which are not ready when this module is read

    chain_rows.forget()


@contextmanager
def copy_of(source: str, label: str) -> Iterator[str]:
    """Use a fresh copy of a template; dropped afterwards."""
    with empty(label, source) as name, using(name):
        yield name


@contextmanager
def empty(label: str, source: str = "template1") -> Iterator[str]:
    """A database of its own, of nothing but what `source` holds; dropped afterwards."""
    name = f"test_run_{os.getpid()}_{label}"
    with administrator() as admin:
        drop(admin, name)
        copy(admin, source, name)
    try:
        yield name
    finally:
        with administrator() as admin:
            drop(admin, name)


def migrated() -> str:
    """Template with all tables and the shipped data that migrations load."""
    mark = fingerprint(
        "**/migrations/*.py",
        "**/models.py",
        "**/models/*.py",
        "**/locks.py",
        "**/loading.py",
        "**/data/*",
        "**/grants.py",
    )
    return template("tables", mark, make_tables)


def flush_as_owner(test: TransactionTestCase) -> None:
    """After a test with transactions of its own, tables are emptied, which the application may not do."""
    with as_owner():
        flush(test)


flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
TransactionTestCase._fixture_teardown = flush_as_owner  # type: ignore[attr-defined]


def make_tables() -> None:
    """All tables. The audit log may be emptied, for tests with transactions of their own; else it never may."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("createcachetable", "django_cache", verbosity=0)
    with connections["default"].cursor() as cursor:
        cursor.execute("ALTER TABLE access_auditentry DISABLE TRIGGER access_audit_no_truncate")


def demo() -> str:
    """Template with a small demo centre."""
    from przystan.project import demo as demo_centre

    mark = fingerprint("**/*.py", "**/data/*", "**/*.toml")
    return template("demo", mark, lambda: demo_centre.build(people=60), base=migrated())
