"""A whole file in words, for the copy that its person has a right to (GDPR Art. 15)."""

from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from przystan.access.actors import Actor, Forbidden
from przystan.access.holders import Section
from przystan.access.keys.unlocked import has_key
from przystan.access.roles import BY_CODE
from przystan.access.sealing import Locked
from przystan.access.tiers import title_of
from przystan.team.models import Membership

from ..models import CaseFile, Note, NoteVersion
from ..policies import may_lead
from .cases import noted
from .notes import Wording, current_notes, read
from .team import roles_in
from .texts import Text, TextState

FILE = ("kind", "title", "opened_on", "closed_on")


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
    if not has_key(actor) or any(text.state is TextState.LOCKED for text in texts):
        raise Locked
    return found


def _all(actor: Actor, case: CaseFile) -> list[Wording]:
    rows = NoteVersion.objects.filter(note__case=case).order_by("-note__about", "-note_id", F("number").desc())
    return read(actor, case, list(rows.select_related("note__author", "by")))


def sections_of(case: CaseFile, whole: Whole) -> list[Section]:
    """A file as sections of a copy, in the language switched on. Colleagues are told by their role."""
    roles = _roles([one.note for one in whole.notes], case)
    rows = [_row(one, roles) for one in whole.notes]
    return [
        Section("casework.casefile", title_of(CaseFile), _labels(CaseFile, *FILE), [_file(case, whole.title)]),
        Section("casework.noteversion", title_of(NoteVersion), _note_labels(), rows),
    ]


def _file(case: CaseFile, title: Text) -> list[str]:
    closed = case.closed_on.isoformat() if case.closed_on else ""
    return [case.get_kind_display(), _words(title), case.opened_on.isoformat(), closed]


def _row(one: Wording, roles: dict[int, str]) -> list[str]:
    saved = timezone.localtime(one.version.at).strftime("%Y-%m-%d %H:%M")
    return [one.note.about.isoformat(), saved, roles[one.note.pk], _words(one.words)]


def _words(text: Text) -> str:
    return text.text if text.state is TextState.OPEN else _("cannot be opened")


def _labels(model: type[CaseFile | Note], *names: str) -> list[tuple[str, str]]:
    return [(name, str(model._meta.get_field(name).verbose_name)) for name in names]  # type: ignore[union-attr]


def _note_labels() -> list[tuple[str, str]]:
    written = [("at", _("saved at")), ("author", _("written by")), ("text", pgettext("case files", "Note"))]
    return [*_labels(Note, "about"), *written]


def _roles(notes: list[Note], case: CaseFile) -> dict[int, str]:
    """Note -> what its author was on that day, such as "Lawyer"."""
    held = Membership.objects.filter(
        user__in={note.author_id for note in notes}, organisation_id=case.organisation_id
    ).order_by("id")
    found = list(held)
    return {note.pk: _role(note, found) for note in notes}


def _role(note: Note, held: list[Membership]) -> str:
    mine = [one.role for one in held if one.user_id == note.author_id and one.holds_on(note.about)]
    names = [str(BY_CODE[role].name) for role in mine if role in BY_CODE]
    return ", ".join(dict.fromkeys(names)) or _("a member of staff")
