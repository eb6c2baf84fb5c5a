"""How sensitive a field is. See docs/architecture.md and the `class Privacy` inside every model.

Every model names each of its fields once, in `t0` (no person in it), `t1` (ordinary personal data) or `t2`
(sensitive), and says what a merge, an erasure, a copy for the person and protecting the person do with its rows:

    class Privacy:
        lock = own()        # what the database itself lets the application see: access.locks, people.locks
        unlocked = "why"    # instead of a lock, where nothing in it is anybody's secret
        t0 = "id created_at"
        t1 = "text"
        t2 = ""
        merge = "move"      # move: rows follow the person or institution that is kept; keep: they stay
        erase = "rows"      # rows: deleted with the person; fields: t1 and above (or `emptied`) emptied; keep
        counted = Q(paid=True)  # for fields: of these rows all others are deleted
        export = True       # part of the copy that a person may ask for, under `title`
        title = _("Names")  # what people call these rows; else the name of the model
        protect = "fields"  # one of PROTECTING
        sealed = "place"    # for seal, fields and named: what goes into the person's sealed record, and comes back
        kept = "why"        # for keep, where a field is of tier 1 or above: why it may stay
        forget = "przystan.x.y"  # for own: a `people.actions.putting_away.Forget`
        erase_too = True  # for own: `forget` is asked when a person is erased, too, as no key ties these rows to them
        parted = "przystan.x.y"  # where rows about people point to it: what becomes of its row when they are erased or
                                 # protected, a `people.actions.parting.Parted`
        history = History("courses_before", "id")  # where its earlier wordings go: access.history
        views = "courses_x"  # views of its rows, each of which asks by itself who acts (docs/decisions/0032)
        hangs_on = "model object_ref"  # fields with the label and reference of a row on which it hangs, without a key

What the law, geography or a catalogue says inherits most of it: `class Privacy(ForAll)`.

Rows that are secret by themselves, whatever their person is (tiers 3 and 4), have a `least_tier` and a holder
(access.holders).
"""

from collections.abc import Callable
from enum import IntEnum
from typing import Any

from django.utils.module_loading import import_string

PROTECTING = {
    "seal": "rows are sealed and deleted; they come back when the protection ends",
    "fields": "`sealed` is emptied in rows of nobody else; in rows shared with others, where it tells of the person",
    "named": "as fields, in rows that no key ties to a person: where it tells of them",
    "rows": "rows are deleted",
    "own": "`forget` does it",
    "keep": "rows stay as they are, because `kept`",
}


class Tier(IntEnum):
    """T0 ordinary facts of the centre, T1 personal, T2 sensitive, T3 professional secret, T4 protected."""

    T0 = 0
    T1 = 1
    T2 = 2
    T3 = 3
    T4 = 4


class ForAll:
    """What `class Privacy(ForAll)` need not say: rows that are the same for all, with nothing about a person."""

    unlocked = "the same for all: what the law, geography and the catalogue say"
    t1 = t2 = ""
    merge, erase, export, protect = "keep", "keep", False, "keep"


CLOSED = (Tier.T3, Tier.T4)  # known to their own team alone, and opened by its keys: no key of the centre does


def tiers_of(privacy: type) -> dict[str, Tier]:
    """Field name -> tier, as declared in a model's `class Privacy`."""
    return {field: tier for tier in Tier for field in getattr(privacy, tier.name.lower(), "").split()}


def title_of(model: Any) -> str:
    """What a table is called to people: the `title` of its `class Privacy`, else the name of the model."""
    return str(getattr(model.Privacy, "title", "") or str(model._meta.verbose_name).capitalize())


def function_of(privacy: Any, name: str) -> Callable[..., Any] | None:
    """What a `class Privacy` names as its `forget` or `parted`; None where it names nothing. Raises ImportError."""
    path = getattr(privacy, name, "")
    found: Callable[..., Any] | None = import_string(path) if path else None
    return found
