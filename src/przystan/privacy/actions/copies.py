"""A copy of one person's data (Art. 15, 20): made once, fetched for a day, then gone."""

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
from przystan.people.models import Person

from ..models import Pack
from ..policies import require_answer
from ..queries.copying import copy_of, copy_of_subject

KEPT = timedelta(hours=24)


@transaction.atomic
def gather(*, by: Actor, person: Person, language: str) -> list[Section]:
    """What the copy will hold, in a language; that it was read is written down."""
    require_answer(by, person)
    with acting(system(by.organisation_id, "copy")), translation.override(language):
        sections = copy_of(person, by)
    if not sections:
        raise ValidationError(_("Nothing is known of this person."))
    audit.read(by, person, {name for one in sections for name, _label in one.fields}, Tier.T2, purpose="copy")
    return sections


@transaction.atomic
def keep_pack(*, by: Actor, person: Person, language: str, content: bytes) -> Pack:
    """Keep the closed file for a day. Its passphrase is kept nowhere."""
    require_answer(by, person)
    assert by.user_id, "a person in person makes a copy: the passphrase is shown to them"
    made = Pack.objects.create(
        organisation_id=by.organisation_id, person=person, language=language, content=content, by_id=by.user_id
    )
    audit.record(by, "copy.make", person, purpose=made.ref)
    return made


@transaction.atomic
def fetch(*, by: Actor, pack: Pack) -> bytes:
    """The closed file, for who made it; fetching is written down."""
    if pack.person is None:
        raise Forbidden("of who works here")
    require_answer(by, pack.person)
    audit.record(by, "copy.fetch", pack.person, purpose=pack.ref)
    return bytes(pack.content)


@transaction.atomic
def gather_subject(*, by: Actor, subject: Subject, row: Any, language: str) -> list[Section]:
    """As `gather`, of one of `access.subjects`: for themselves, or by who answers for them."""
    _require(by, subject, row)
    with acting(system(by.organisation_id, "copy")), translation.override(language):
        sections = copy_of_subject(row)
    audit.read(by, row, {name for one in sections for name, _label in one.fields}, Tier.T2, purpose="copy")
    return sections


@transaction.atomic
def keep_subject_pack(*, by: Actor, subject: Subject, row: Any, language: str, content: bytes) -> Pack:
    """As `keep_pack`."""
    _require(by, subject, row)
    assert by.user_id, "a person in person makes a copy: the passphrase is shown to them"
    made = Pack.objects.create(
        organisation_id=by.organisation_id,
        model=subject.model,
        object_ref=row.ref,
        language=language,
        content=content,
        by_id=by.user_id,
    )
    audit.record(by, "copy.make", row, purpose=made.ref)
    return made


@transaction.atomic
def fetch_subject(*, by: Actor, subject: Subject, row: Any, pack: Pack) -> bytes:
    """As `fetch`."""
    _require(by, subject, row)
    audit.record(by, "copy.fetch", row, purpose=pack.ref)
    return bytes(pack.content)


def _require(by: Actor, subject: Subject, row: Any) -> None:
    if not subject.answered_by(by).filter(pk=row.pk).exists():
        raise Forbidden("copy")


def throw_away_copies() -> int:
    """Delete copies older than a day; returns how many."""
    return Pack.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
