"""Who acts now: told to Python by a context variable, to PostgreSQL by settings of the transaction.

Tables with personal data answer only inside `acting(actor)`: a query without it raises UnscopedQuery, and row-level
security (see `access.locks`) would give it no rows anyway. The settings last as long as the transaction, so a
connection of the pool never carries them to the next request.
"""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from . import audit
from .actors import STATISTICS, Actor, Forbidden, Points
from .locks import EVERYBODY, views
from .statements import Statement, answers_of, has_failed
from .tiers import Tier, tiers_of

SYSTEM = "system"
READS = re.compile(r"\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH|MERGE|DECLARE)\b", re.IGNORECASE)
SET = (
    "SELECT set_config('app.uid', %s, true), set_config('app.org', %s, true), set_config('app.points', %s, true),"
    " set_config('app.leads', %s, true), set_config('app.purpose', %s, true), set_config('app.held', %s, true)"
)
_actor: ContextVar[Actor | None] = ContextVar("actor", default=None)
_whole: ContextVar["_Whole | None"] = ContextVar("whole", default=None)


class UnscopedQuery(RuntimeError):
    """Somebody asked for personal data without saying who asks: a mistake of the programmer, never of the user."""


def current() -> Actor | None:
    """Who acts now."""
    return _actor.get()


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """One transaction in which this actor acts; its audit rows are written at the end of it, or it fails."""
    outer, whole = _actor.get(), _Whole(actor)
    tokens = _actor.set(actor), _whole.set(whole)
    try:
        with whole:
            with audit.together():
                yield actor
            if connection.savepoint_ids:  # a transaction in a transaction, as in tests
                _tell(outer)
    finally:
        _actor.reset(tokens[0])
        _whole.reset(tokens[1])


@contextmanager
def looking(actor: Actor) -> Iterator[Actor]:
    """Inside of `acting`, for somebody else who only reads: no transaction of their own, nothing to be undone."""
    outer, token = _actor.get(), _actor.set(actor)
    _tell(actor)
    try:
        yield actor
    finally:
        _actor.reset(token)
        if not has_failed():
            _tell(outer)


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """All or nothing, for the first thing that a request writes: failing, it undoes the request's transaction.

    The request goes on in a new one, as the same actor. A savepoint does the same for what was not the first, and
    takes two statements more.
    """
    try:
        yield
    except Exception:
        whole = _whole.get()
        assert whole, "nobody acts"
        whole.again()
        raise


class _Whole:
    """The transaction of one actor, which can be begun again."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def __enter__(self) -> None:
        self.block: transaction.Atomic | None = transaction.atomic()
        self.block.__enter__()
        try:
            _tell(self.actor)
        except BaseException:  # or the connection would stay in a transaction that nobody ends
            self.__exit__(*sys.exc_info())
            raise

    def __exit__(self, *error: Any) -> None:
        block, self.block = self.block, None
        if block:
            block.__exit__(*error)

    def again(self) -> None:
        transaction.set_rollback(True)
        self.__exit__(None, None, None)
        self.__enter__()


@contextmanager
def counting() -> Iterator[None]:
    """Numbers are counted: SQL may read facts of everybody in the organisation, but nothing of who is protected.

    In a transaction only, and it is for SQL that brings back numbers, or verdicts without reasons.
    """
    actor = _counts()
    if actor is None or actor.is_system:
        yield
        return
    _set("app.purpose", STATISTICS)
    try:
        yield
    finally:
        if not has_failed():
            _set("app.purpose", _purpose(actor))


def counted(last: Statement, *before: Statement | None) -> list[tuple[Any, ...]]:
    """`answers_of` inside of `counting`, which begins on the same way to the database."""
    actor = _counts()
    if actor is None or actor.is_system:
        return answers_of(last, *before)
    try:
        return answers_of(last, Statement(f"SET LOCAL app.purpose = '{STATISTICS}'", {}), *before)
    finally:
        if not has_failed():
            _set("app.purpose", _purpose(actor))


def _counts() -> Actor | None:
    """Who acts; Forbidden for the bearer of a link, for whom nothing is counted."""
    actor = _actor.get()
    if actor and actor.held:
        raise Forbidden("counting")
    return actor


def guard(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    """Wrapper of every `cursor.execute`. Raises UnscopedQuery for personal data without an actor."""
    if _actor.get() is None and isinstance(sql, str) and READS.match(sql) and (found := guarded().search(sql)):
        raise UnscopedQuery(f"{found[0]} was asked for outside of scope.acting(actor)")
    return execute(sql, params, many, context)


@cache
def guarded() -> re.Pattern[str]:
    """Matches the names of all tables and views of personal data, and of all others with a lock of the database.

    A name in a text ('access_auditentry') asks what the table is, not what is in it.
    """
    names = {model._meta.db_table for model in guarded_models()}.union(views(), locked())
    return re.compile(r"(?<!')\b(?:" + "|".join(sorted(names)) + r")\b")


def guarded_models() -> Iterator[Any]:
    """Models with a field of tier 1 or above, but for accounts of staff."""
    for model in apps.get_models():
        privacy = getattr(model, "Privacy", None)
        staff = model._meta.app_label in ("access", "team")
        if privacy and not staff and any(tier >= Tier.T1 for tier in tiers_of(privacy).values()):
            yield model


def locked() -> Iterator[str]:
    """Tables with a lock of the database: for who does not act they would be silently empty."""
    for model in apps.get_models():
        lock = getattr(getattr(model, "Privacy", None), "lock", None)
        if lock and lock.seen != EVERYBODY:
            yield model._meta.db_table
            for field in model._meta.local_many_to_many:
                through: Any = field.remote_field.through
                if through._meta.auto_created:
                    yield field.m2m_db_table()


def _tell(actor: Actor | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SET, _told(actor))


def _told(actor: Actor | None) -> list[str]:
    """Values of SET. The bearer of a link is of no organisation: no lock opens that does not name what they hold."""
    if actor is None or actor.held:
        return ["", "", "", "", "", actor.held if actor else ""]
    return [
        str(actor.user_id or ""), str(actor.organisation_id or ""), _listed(actor.points), _listed(actor.leads),
        _purpose(actor), "",
    ]  # fmt: skip


def _purpose(actor: Actor | None) -> str:
    if actor is None or not actor.is_system:
        return ""
    return STATISTICS if actor.purpose == STATISTICS else SYSTEM


def _listed(points: Points) -> str:
    """ "*" for all, else an array literal."""
    return "*" if points is None else "{" + ",".join(map(str, sorted(points))) + "}"


def _set(name: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
