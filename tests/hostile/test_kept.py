"""Every string, typed where words matter most: kept as it is or refused, and shown as text on the pages about it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.urls import reverse

from przystan.access.keys.unlocked import ring
from przystan.access.scope import acting
from przystan.casework.models import Note
from przystan.casework.queries import note_versions
from przystan.kernel.text import tidy
from przystan.people.models import PersonName
from przystan.support.models import Support
from przystan.team.queries import actor_for
from tests.matrix.asking import quickly

from .conftest import Hostile, failure, undone
from .pages import elements_of, text_of
from .strings import naughty
from .test_naughty import FULL

SOME = naughty() if FULL else naughty()[::10]


def received(text: str) -> str:
    """What is no UTF-8 comes as the sign for that; white space around it is not meant."""
    return text.encode("utf-8", "surrogatepass").decode(errors="replace").strip()


def lines(text: str) -> str:
    """Notes end their lines in one way (casework.actions.notes)."""
    return received(text).replace("\r\n", "\n")


def one_space(text: str) -> str:
    """Names have no white space twice (people.actions.names)."""
    return " ".join(received(text).split())


def last_name(hostile: Hostile) -> str:
    return PersonName.objects.latest("id").text


def last_note(hostile: Hostile) -> str:
    """As somebody of the team reads it, whose key is unlocked."""
    by = actor_for(hostile.scene.user)
    assert by
    with acting(by), ring(by.user_id, hostile.scene.private):
        return note_versions(by, Note.objects.latest("id"))[0].words.text


def last_reason(hostile: Hostile) -> str:
    return str(Support.objects.latest("id").correction_reason)


@dataclass(frozen=True)
class Place:
    """A field of a form, what a text becomes in it, and the pages that show it."""

    form: str
    field: str
    stored: Callable[[Hostile], str]
    kept: Callable[[str], str]
    pages: tuple[str, ...]
    kind: str = ""

    def post(self, hostile: Hostile, text: str) -> int:
        form = hostile.form(self.form, self.kind)
        token = {"form_token": str(uuid4())} if "form_token" in form.shown else {}
        answer = hostile.post(form.action, {**hostile.filled(form), **token, self.field: text}, keep=True)
        return int(answer.status_code)

    def paths(self, hostile: Hostile) -> dict[str, str]:
        """Of its pages, by name."""
        refs = {
            "desk:person": hostile.scene.world.refs["person"]["own"],
            "desk:support": Support.objects.latest("id").ref,
            "casework:case": hostile.scene.case.ref,
        }
        return {page: reverse(page, args=[refs[page]] if page in refs else []) for page in self.pages}


PLACES = {
    "name": Place(
        "people:fact_add", "text", last_name, one_space, ("desk:person", "people:duplicates", "desk:supports"), "names"
    ),
    "sealed note": Place("casework:case", "text", last_note, lines, ("casework:case", "casework:cases")),
    "correction": Place("desk:correct", "correction_reason", last_reason, received, ("desk:support", "desk:supports")),
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_every_string_is_kept_as_it_is_or_refused(hostile: Hostile, place: Place) -> None:
    """Where lines are kept, several at once; those of which one was refused, one by one."""
    kept, few = 0, 1 if FULL or place.kept is one_space else 8
    with quickly():
        for start in range(0, len(naughty()), few):
            some = naughty()[start : start + few]
            together = keep(hostile, place, "\n".join(some))
            kept += len(some) if together else sum(keep(hostile, place, text) for text in some)
    assert kept > 400


def keep(hostile: Hostile, place: Place, text: str) -> bool:
    """Whether it was taken, and then read as it was written."""
    with undone():
        status = place.post(hostile, text)
        assert status in (200, 302, 400), f"{text!r}: {failure(status)}"
        assert status != 302 or place.stored(hostile) == place.kept(tidy(text))  # as it comes in (project.tidying)
    return status == 302


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_pages_show_them_as_text(hostile: Hostile, place: Place) -> None:
    """With them, a page has no element or address that it has not with a plain word."""
    plain = shown(hostile, place, ["a plain\nword"])
    for some in [SOME] if place.field == "text" else [[text] for text in SOME[::4] if tidy(text).strip()]:
        for path, page in shown(hostile, place, some).items():
            assert elements_of(page) <= elements_of(plain[path]), (path, some)


def shown(hostile: Hostile, place: Place, some: list[str]) -> dict[str, str]:
    """The pages with these strings, each of which stands in one of them; then nothing was ever written."""
    with undone():
        kept = [place.kept(text) for text in some if place.post(hostile, text) == 302]
        pages = {name: hostile.read(path) for name, path in place.paths(hostile).items()}
    words = " ".join(text_of(page) for page in pages.values())
    assert not [text for text in kept if " ".join(text.split()) not in words]
    return pages
