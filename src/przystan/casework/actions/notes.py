"""Writing notes, and wording them anew without losing what somebody else wrote."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.access.keys import data
from przystan.people.actions import keep_working

from ..models import CaseFile, Note, NoteVersion
from ..policies import may_write, require_used
from ..queries.team import roles_in
from ..queries.texts import text_of
from .cases import locked

LONGEST = 50_000  # characters


class Conflict(Exception):
    """Somebody worded the note anew meanwhile. `theirs` is the newest wording, `mine` what was to be saved."""

    def __init__(self, theirs: NoteVersion, mine: str) -> None:
        super().__init__()
        self.theirs, self.mine = theirs, mine


@transaction.atomic
def write_note(
    *, by: Actor, case: CaseFile, text: str, about: date | None = None, form_token: UUID | None = None
) -> Note:
    """Write a note about a day (today). The same form sent again returns the note that is there.

    Raises Forbidden for who may not write into this file, or a closed one; ValidationError in words.
    """
    case = _writable(by, case)
    text = _checked(text)
    if about and about > timezone.localdate():
        raise ValidationError({"about": _("This day has not come yet.")})
    assert by.user_id
    note = Note(case=case, about=about or timezone.localdate(), author_id=by.user_id, form_token=form_token)
    try:
        with transaction.atomic():
            note.save(force_insert=True)
    except IntegrityError:
        return _again(case, form_token, text)
    _worded(by, note, 1, text)
    keep_working(by=by, person=case.person)
    audit.record(by, "note.write", note, ["about", "text"])
    return note


@transaction.atomic
def amend_note(*, by: Actor, note: Note, number: int, text: str) -> NoteVersion:
    """Word a note anew against the wording of this `number`; older ones are kept.

    Raises Conflict when there is a newer one, unless it says the same. ValidationError and Forbidden like `write_note`.
    """
    case = _writable(by, note.case)
    text = _checked(text)
    note = Note.objects.get(pk=note.pk, case=case)
    note.case = case
    newest = NoteVersion.objects.filter(note=note).latest("number")
    newest.note = note
    if text_of(newest, "text").text == text:
        return newest
    if newest.number != number:
        raise Conflict(newest, text)
    version = _worded(by, note, number + 1, text)
    audit.record(by, "note.amend", note, ["text"])
    return version


def _writable(by: Actor, case: CaseFile) -> CaseFile:
    case = locked(by, case)
    if not may_write(by, case, roles_in(by, case)):
        raise Forbidden("note.write")
    require_used(by, case.person)
    return case


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise ValidationError({"text": _("Write the note.")})
    if len(text) > LONGEST:
        raise ValidationError({"text": _("This is too long for one note. Divide it.")})
    return text


def _worded(by: Actor, note: Note, number: int, text: str) -> NoteVersion:
    assert by.user_id
    try:
        return NoteVersion.objects.create(note=note, number=number, text=text, by_id=by.user_id)
    except data.Unreadable as error:
        raise ValidationError(_("Your key is locked. Unlock it in another window, then save once more.")) from error


def _again(case: CaseFile, form_token: UUID | None, text: str) -> Note:
    """The note that the same form wrote before. Other words are another note, and must not get lost."""
    first = NoteVersion.objects.filter(note__case=case, note__form_token=form_token, number=1)
    for version in first.select_related("note"):
        version.note.case = case
        if text_of(version, "text").text == text:
            return version.note
    raise ValidationError(_("This form was used already. If this is another note, save it once more."), code="twice")
