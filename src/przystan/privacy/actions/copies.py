"""A copy of somebody's data (Art. 15, 20): made once, fetched for a day, then gone."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden, system
from przystan.access.holders import Section
from przystan.access.scope import acting
from przystan.access.subjects import Subject
from przystan.access.tiers import Tier

from ..models import Pack
from ..models.packs import named
from ..queries.copying import copy_of

KEPT = timedelta(hours=24)


@transaction.atomic
def gather(*, by: Actor, subject: Subject, row: Any, language: str) -> list[Section]:
    """What the copy of one of `access.subjects` will hold, in a language; that it was read is written down.

    Forbidden for who neither is them nor answers for them; ValidationError where nothing is known of them.
    """
    _require(by, subject, row)
    with acting(system(by.organisation_id, "copy")), translation.override(language):
        sections = copy_of(row, by)
    if not sections:
        raise ValidationError(_("Nothing is known of this person."))
    audit.read(by, row, {name for one in sections for name, _label in one.fields}, Tier.T2, purpose="copy")
    return sections


@transaction.atomic
def keep_pack(*, by: Actor, subject: Subject, row: Any, language: str, content: bytes) -> Pack:
    """Keep the closed file for a day. Its passphrase is kept nowhere."""
    _require(by, subject, row)
    assert by.user_id, "a person in person makes a copy: the passphrase is shown to them"
    made = Pack.objects.create(
        organisation_id=by.organisation_id, language=language, content=content, by_id=by.user_id, **named(row)
    )
    audit.record(by, "copy.make", row, purpose=made.ref)
    return made


@transaction.atomic
def fetch(*, by: Actor, pack: Pack) -> bytes:
    """The closed file, for who made it and is or answers for whom it is about; fetching is written down."""
    subject, row = pack.whose()
    if pack.by_id != by.user_id or pack.release_id:
        raise Forbidden("copy.fetch")
    _require(by, subject, row)
    audit.record(by, "copy.fetch", row, purpose=pack.ref)
    return bytes(pack.content)


def _require(by: Actor, subject: Subject, row: Any) -> None:
    if not subject.answers(by, row):
        raise Forbidden("copy")


def throw_away_copies() -> int:
    """Delete copies older than a day; returns how many."""
    return Pack.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
