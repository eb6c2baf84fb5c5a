"""A copy of one person's data (Art. 15, 20): made once, fetched for a day, then gone."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, system
from przystan.access.holders import Section
from przystan.access.scope import acting
from przystan.access.tiers import Tier
from przystan.people.models import Person

from ..models import Pack
from ..policies import require_answer
from ..queries.copying import copy_of

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
    require_answer(by, pack.person)
    audit.record(by, "copy.fetch", pack.person, purpose=pack.ref)
    return bytes(pack.content)


def throw_away_copies() -> int:
    """Delete copies older than a day; returns how many."""
    return Pack.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
