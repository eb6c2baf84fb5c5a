"""A whole file in words, for the copy that its person has a right to (GDPR Art. 15)."""

from dataclasses import dataclass

from django.db.models import F

from przystan.access.actors import Actor, Forbidden
from przystan.access.sealing import Locked

from ..models import CaseFile, NoteVersion
from ..policies import may_lead
from .cases import noted
from .notes import Wording, current_notes, read
from .team import roles_in
from .texts import State, Text, has_key


@dataclass(frozen=True)
class Whole:
    """Title and notes, latest day first; with `earlier` also what a note said before, newest wording first."""

    title: Text
    notes: list[Wording]


def leads(actor: Actor, case: CaseFile) -> bool:
    """Whether the actor says what becomes of this file. `case` came from `case_seen`."""
    return may_lead(actor, roles_in(actor, case))


def whole(actor: Actor, case: CaseFile, *, earlier: bool) -> Whole:
    """All of a file, read by who leads it, and written down as read. `case` came from `case_seen`.

    Raises Forbidden for all others, Locked while one's own key is not unlocked: half a copy is none.
    """
    if not leads(actor, case):
        raise Forbidden("casework.copy")
    found = Whole(noted(actor, case), _all(actor, case) if earlier else current_notes(actor, case))
    texts = [found.title, *(one.words for one in found.notes)]
    if not has_key(actor) or any(text.state is State.LOCKED for text in texts):
        raise Locked
    return found


def _all(actor: Actor, case: CaseFile) -> list[Wording]:
    rows = NoteVersion.objects.filter(note__case=case).order_by("-note__about", "-note_id", F("number").desc())
    return read(actor, case, list(rows.select_related("note__author", "by")))
