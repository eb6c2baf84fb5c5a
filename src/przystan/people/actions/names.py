"""Name forms. Every PersonName is written here: script, folded form and search keys always fit the text."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.saving import save
from przystan.kernel.names import KEYS_VERSION, fold, keys, script_of

from ..models import Person, PersonName
from ..policies import require_write
from .twice import is_there


def spell(name: PersonName) -> PersonName:
    """Compute what is kept beside the text: its script, its plain Latin form, the keys it is found by."""
    name.text = " ".join(name.text.split())
    name.script = script_of(name.text).value
    name.folded = fold(name.text) or name.text.lower()
    name.keys = sorted(keys(name.text))
    return name


@transaction.atomic
def keep_name(*, by: Actor, fact: PersonName, fields: Iterable[str] = ()) -> None:
    """Save a new or changed name form. A new one that is there already is not written a second time."""
    require_write(by, fact.person)
    verb = "change" if fact.pk else "add"
    spell(fact)
    if not fact.pk:
        if is_there(fact):
            return
        fact.position = _next_position(fact.person)
    save(fact)
    audit.record(by, f"personname.{verb}", fact.person, fields)


@transaction.atomic
def remove_name(*, by: Actor, fact: PersonName) -> None:
    """Take away a name form; the last one stays."""
    require_write(by, fact.person)
    list(Person.objects.select_for_update().filter(pk=fact.person_id).values("pk"))
    if not fact.person.names.exclude(pk=fact.pk).exists():
        raise ValidationError(_("A person keeps at least one name. Change this one instead."))
    audit.record(by, "personname.remove", fact.person)
    fact.delete()


def _next_position(person: Person) -> int:
    last = person.names.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def respell_if_older() -> int:
    """Run `respell` if the keys were made by another version of `kernel.names`; returns how many names differed.

    The version is a comment on the column in the database: it goes where the keys go, into a dump as well.
    """
    if _keys_made_by() == (mark := f"names {KEYS_VERSION}"):
        return 0
    changed = respell()
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON COLUMN people_personname.keys IS '{mark}'")
    return changed


def _keys_made_by() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT col_description(attrelid, attnum) FROM pg_attribute"
            " WHERE attrelid = 'people_personname'::regclass AND attname = 'keys'"
        )
        return str(cursor.fetchone()[0])


def respell(chunk: int = 2000) -> int:
    """Recompute script, folded form and keys of every name after `kernel.names` has changed; returns how many differed.

    Not a change of anybody's data, so no audit row: what was written by people stays as it is.
    """
    changed = 0
    names = PersonName.objects.order_by("pk")
    last = 0
    while rows := list(names.filter(pk__gt=last)[:chunk]):
        stale = [name for name in rows if _is_stale(name)]
        PersonName.objects.bulk_update(stale, ["script", "folded", "keys"])
        changed += len(stale)
        last = rows[-1].pk
    return changed


def _is_stale(name: PersonName) -> bool:
    before = (name.script, name.folded, set(name.keys))
    spell(name)
    return before != (name.script, name.folded, set(name.keys))
