"""Who has the whole disk, the files of the database and a dump of it, reads no text of tier 2 or above.

The key files and everybody's sealed private keys lie there too: without a passphrase tiers 3 and 4 stay closed, and
tier 2 is nowhere in the clear.
"""

import mmap
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connection

from przystan.access.keys import staff
from przystan.access.keys.unlocked import ring
from przystan.access.models import User
from przystan.access.scope import acting
from przystan.casework import actions
from przystan.casework.enums import CaseKind
from przystan.people.models import Channel, Person
from przystan.team.queries import actor_for
from tests import factories
from tests.harness.database import EMBEDDED, administrator
from tests.leaks.disk import files

from .audited import owner

WORDS = "four words nobody would guess"
OPEN = "Kanarek-imie-4417"  # tier 1: is found, or this test finds nothing at all
SEALED = {
    "contact": "Kanarek-telefon-2091",
    "title": "Kanarek-tytul-7730",
    "note": "Kanarek-notatka-5518",
    "identity": "Kanarek-tozsamosc-3346",
    "passphrase": WORDS,
}


@pytest.fixture
def written(centre: None) -> None:
    """A centre with a word of its own in each kind of text."""
    house = factories.organisation()
    lawyer = factories.user(house, "lawyer")
    staff.confirm(lawyer, staff.set_up(lawyer, WORDS))
    person = factories.person(factories.point(house), OPEN)
    Channel.objects.create(person=person, kind="phone", value="600 100 200", shared_with=SEALED["contact"])
    hidden = factories.person(person.point, "x", team=[lawyer], protected=True, alias="Bez-7F3K-Q2")
    as_lawyer(lawyer, person, hidden)


def as_lawyer(user: User, person: Person, hidden: Person) -> None:
    """Tiers 3 and 4, closed for this account alone."""
    actor = actor_for(user)
    assert actor
    with ring(user.pk, staff.by_passphrase(user, WORDS)), acting(actor):
        case = actions.open_case(by=actor, person=person, kind=CaseKind.LEGAL, title=SEALED["title"])
        actions.write_note(by=actor, case=case, text=SEALED["note"])
        hidden.identity = SEALED["identity"]
        hidden.save(update_fields=["identity"])
    with ring(user.pk, staff.by_passphrase(user, WORDS)), acting(actor):
        assert Person.objects.get(pk=hidden.pk).identity == SEALED["identity"]


def patterns(word: str) -> tuple[bytes, bytes]:
    """As it is, and as a dump would print it if it lay in a column of bytes."""
    return word.encode(), word.encode().hex().encode()


def found_in(content: bytes | mmap.mmap) -> set[str]:
    return {word for word in (OPEN, *SEALED.values()) if any(content.find(pattern) >= 0 for pattern in patterns(word))}


def on_disk(folder: Path) -> Iterator[str]:
    """Words found in any file below a folder."""
    for path in files(folder):
        with suppress(FileNotFoundError):  # the server threw it away meanwhile
            if not path.is_symlink() and path.stat().st_size:
                with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                    yield from found_in(content)


def test_a_dump_holds_no_sealed_text(written: None) -> None:
    seen: set[str] = set()
    with owner() as found:
        for table in connection.introspection.table_names():
            with found.cursor().copy(f'COPY "{table}" TO STDOUT') as rows:  # as pg_dump prints it
                seen |= found_in(b"".join(bytes(row) for row in rows))
    assert seen == {OPEN}


@pytest.mark.skipif(not EMBEDDED, reason="the disk of the server is another machine's")
def test_the_disk_holds_no_sealed_text(written: None) -> None:
    """Tables, write-ahead log, temporary files, media, logs of the server: everything in the folder of the centre."""
    with administrator() as found:
        found.execute("CHECKPOINT")
    assert set(on_disk(Path(os.environ["PRZYSTAN_DATA"]))) == {OPEN}
