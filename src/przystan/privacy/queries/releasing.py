"""Copies of files of tiers 3 and 4: asked of who leads the file, because no key of the centre opens it.

Nobody outside the team learns of such a file here, nor of what was decided about it.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import capfirst

from przystan.access.actors import Actor
from przystan.access.holders import Holder
from przystan.access.modules import holders
from przystan.access.rights import CASES_SECRET
from przystan.access.tiers import CLOSED

from ..enums import RequestKind, RequestState
from ..models import Pack, Release, SubjectRequest


@dataclass(frozen=True)
class File:
    """One row of a holder, as its team sees it."""

    holder: Holder
    row: Any

    @property
    def title(self) -> str:
        """What such a file is called, to lead back to it."""
        return capfirst(str(self.holder.table._meta.verbose_name))

    @property
    def named(self) -> dict[str, Any]:
        """How rows that hang on it name it, and the addresses of its pages."""
        return {"model": self.holder.model, "object_ref": self.row.ref}


def file_seen(actor: Actor, model: str, ref: str) -> File | None:
    """The file of this reference, for its team; None for all others."""
    holder = holders().get(model)
    if holder is None or not actor.can(holder.right):
        return None
    try:
        return File(holder, holder.seen(actor, ref))
    except holder.table.DoesNotExist:
        return None


def leads(actor: Actor, file: File) -> bool:
    """Whether the actor says what becomes of this file."""
    return file.holder.leads(actor, file.row)


def asked_of(actor: Actor, file: File) -> SubjectRequest | None:
    """The request for a copy that this file belongs to, for who leads it; None for all others, and without one.

    Also one that was answered already, until it is decided about this file: who answered it could not know of it.
    """
    row = file.row
    if row.least_tier not in CLOSED or not leads(actor, file):
        return None
    decided = Exists(Release.objects.filter(request=OuterRef("pk"), **file.named))
    rows = SubjectRequest.objects.filter(person=row.person_id, kind=RequestKind.COPY).annotate(decided=decided)
    began = getattr(row, file.holder.began)
    late = Q(state=RequestState.ANSWERED, answered_on__gte=began, decided=False)
    waits = Q(state=RequestState.OPEN) | late
    return rows.filter(waits, organisation_id=row.organisation_id).order_by("decided", "due_on", "id").first()


def files_asked_for(actor: Actor) -> list[tuple[File, SubjectRequest]]:
    """Files that the actor leads and has not decided about, each with the request, by the day it is due."""
    if not actor.can(CASES_SECRET):
        return []
    found = ((file, asked_of(actor, file)) for file in _files_of_askers(actor))
    waiting = [(file, asked) for file, asked in found if asked and not asked.decided]  # type: ignore[attr-defined]
    return sorted(waiting, key=lambda one: (one[1].due_on, one[1].pk))


def _files_of_askers(actor: Actor) -> list[File]:
    copies = SubjectRequest.objects.filter(kind=RequestKind.COPY).exclude(state=RequestState.REFUSED)
    found = []
    for holder in holders().values():
        if actor.can(holder.right):
            mine = holder.table.objects.seen_by(actor).filter(holder.of(CLOSED), person__in=copies.values("person"))
            found += [File(holder, row) for row in mine]
    return found


def release_of(file: File, request: SubjectRequest) -> Release | None:
    """What was decided about this file for this request."""
    return Release.objects.select_related("by").filter(request=request, **file.named).first()


def packs_of_file(actor: Actor, file: File) -> QuerySet[Pack]:
    """The actor's own copies of a file that were not thrown away yet, newest first."""
    about = {f"release__{name}": value for name, value in file.named.items()}
    return Pack.objects.seen_by(actor).filter(**about).defer("content")


def withheld(actor: Actor, request: SubjectRequest) -> list[str]:
    """Reasons for which files were withheld, in words of the law only; of files whose team the actor is in."""
    known = Q(pk=None)
    for model, holder in holders().items():
        known |= Q(model=model, object_ref__in=holder.table.objects.seen_by(actor).values("ref"))
    rows = Release.objects.filter(known, request=request).exclude(ground="")
    return sorted({str(row.get_ground_display()) for row in rows})
