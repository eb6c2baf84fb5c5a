"""Copies of case files of tiers 3 and 4: asked of who leads the file, because no key of the centre opens it.

Nobody outside the team learns of such a file here, nor of what was decided about it.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from przystan.access.actors import Actor
from przystan.access.rights import CASES_SECRET
from przystan.access.roles import BY_CODE
from przystan.casework.enums import TIERS
from przystan.casework.models import CaseFile, Note, NoteVersion
from przystan.casework.queries import Text, leads
from przystan.casework.queries.copying import Whole
from przystan.casework.queries.notes import Wording
from przystan.casework.queries.texts import State
from przystan.casework.rights import CASES_WRITE
from przystan.team.models import Membership

from ..enums import RequestKind, RequestState
from ..models import Pack, Release, SubjectRequest
from .copying import LEFT_OUT, Section, title_of

KINDS = [kind for kind, tier in TIERS.items() if tier in LEFT_OUT]


def asked_of(actor: Actor, case: CaseFile) -> SubjectRequest | None:
    """The request for a copy that this file belongs to, for who leads it; None for all others, and without one.

    Also one that was answered already, until it is decided about this file: who answered it could not know of it.
    """
    if case.kind not in KINDS or not leads(actor, case):
        return None
    decided = Exists(Release.objects.filter(request=OuterRef("pk"), case=case))
    rows = SubjectRequest.objects.filter(person=case.person_id, kind=RequestKind.COPY).annotate(decided=decided)
    late = Q(state=RequestState.ANSWERED, answered_on__gte=case.opened_on, decided=False)
    waits = Q(state=RequestState.OPEN) | late
    return rows.filter(waits, organisation_id=case.organisation_id).order_by("decided", "due_on", "id").first()


def files_asked_for(actor: Actor) -> list[tuple[CaseFile, SubjectRequest]]:
    """Files that the actor leads and has not decided about, each with the request, by the day it is due."""
    if not (actor.can(CASES_SECRET) and actor.can(CASES_WRITE)):
        return []
    copies = SubjectRequest.objects.filter(kind=RequestKind.COPY).exclude(state=RequestState.REFUSED)
    mine = CaseFile.objects.seen_by(actor).filter(kind__in=KINDS, person__in=copies.values("person"))
    found = [(case, asked) for case in mine if (asked := asked_of(actor, case)) and not asked.decided]  # type: ignore[attr-defined]
    return sorted(found, key=lambda one: (one[1].due_on, one[1].pk))


def release_of(case: CaseFile, request: SubjectRequest) -> Release | None:
    """What was decided about this file for this request."""
    return Release.objects.select_related("case", "by").filter(case=case, request=request).first()


def packs_of_file(actor: Actor, case: CaseFile) -> QuerySet[Pack]:
    """The actor's own copies of a file that were not thrown away yet, newest first."""
    return Pack.objects.seen_by(actor).filter(release__case=case).defer("content")


def withheld(actor: Actor, request: SubjectRequest) -> list[str]:
    """Reasons for which files were withheld, in words of the law only; of files whose team the actor is in."""
    known = CaseFile.objects.seen_by(actor).values("pk")
    rows = Release.objects.filter(request=request, case__in=known).exclude(ground="")
    return sorted({str(row.get_ground_display()) for row in rows})


def sections_of(case: CaseFile, whole: Whole) -> list[Section]:
    """A file as sections of a copy, in the language switched on. Colleagues are told by their role."""
    roles = _roles([one.note for one in whole.notes], case)
    rows = [_row(one, roles) for one in whole.notes]
    return [
        Section("casework.casefile", title_of(CaseFile), _labels(CaseFile, *FILE), [_file(case, whole.title)]),
        Section("casework.noteversion", title_of(NoteVersion), _note_labels(), rows),
    ]


FILE = ("kind", "title", "opened_on", "closed_on")


def _file(case: CaseFile, title: Text) -> list[str]:
    closed = case.closed_on.isoformat() if case.closed_on else ""
    return [case.get_kind_display(), _words(title), case.opened_on.isoformat(), closed]


def _row(one: Wording, roles: dict[int, str]) -> list[str]:
    saved = timezone.localtime(one.version.at).strftime("%Y-%m-%d %H:%M")
    return [one.note.about.isoformat(), saved, roles[one.note.pk], _words(one.words)]


def _words(text: Text) -> str:
    return text.text if text.state is State.OPEN else _("cannot be opened")


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
