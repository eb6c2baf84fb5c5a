"""Notes of one file and their wordings."""

from dataclasses import dataclass

from django.db.models import F, OuterRef, Subquery

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.fields import ahead

from ..models import CaseFile, Note, NoteVersion
from .texts import Text, TextState, text_of


@dataclass(frozen=True)
class Wording:
    """One wording of a note, opened if it could be."""

    note: Note
    version: NoteVersion
    words: Text


def current_notes(actor: Actor, case: CaseFile) -> list[Wording]:
    """The newest wording of each note, latest day first, from two queries; one audit row for each that was read.

    `case` came from `case_seen`.
    """
    newest = NoteVersion.objects.filter(note=OuterRef("note")).order_by("-number").values("number")[:1]
    rows = NoteVersion.objects.filter(note__case=case, number=Subquery(newest)).order_by("-note__about", "-note_id")
    return read(actor, case, list(rows.select_related("note__author", "by")))


def note_of(case: CaseFile, ref: str) -> Note:
    """A note of this very file, which came from `case_seen`. `Note.DoesNotExist` for any other."""
    note = Note.objects.select_related("author").get(ref=ref, case=case)
    note.case = case
    return note


def note_versions(actor: Actor, note: Note) -> list[Wording]:
    """All wordings, newest first; one audit row."""
    rows = NoteVersion.objects.filter(note=note).select_related("note", "by").order_by(F("number").desc())
    return read(actor, note.case, list(rows))


def read(actor: Actor, case: CaseFile, versions: list[NoteVersion]) -> list[Wording]:
    """These wordings of one file, opened; each note that could be opened is written down as read."""
    for version in versions:
        version.note.case = case  # its key and tier, without asking for each
    ahead(versions, "text")
    found = [Wording(version.note, version, text_of(version, "text")) for version in versions]
    for one in found:
        if one.words.state is TextState.OPEN:
            audit.read(actor, one.note, ["about", "text"], tier=case.tier)
    return found
