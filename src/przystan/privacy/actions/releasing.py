"""The copy of a file of tier 3 or 4: made by who leads it, or withheld with a reason. GDPR Art. 15, 12(4)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.access.holders import Section
from przystan.access.keys.unlocked import has_key
from przystan.access.sealing import Locked

from ..enums import Ground
from ..models import Pack, Release, SubjectRequest
from ..queries.releasing import File, asked_of, leads


@transaction.atomic
def gather_file(*, by: Actor, file: File, language: str, earlier: bool) -> list[Section]:
    """What the copy of a file will hold, in a language; that it was read is written down.

    `earlier`: also earlier wordings. ValidationError while one's own key is locked. Forbidden without a request.
    """
    _asked(by, file)
    try:
        with translation.override(language):
            return file.holder.copy(by, file.row, earlier=earlier)
    except Locked:
        raise ValidationError(_("Unlock your key first.")) from None


@transaction.atomic
def keep_file_pack(*, by: Actor, file: File, language: str, content: bytes) -> Pack:
    """Keep the closed copy of a file for a day, for who made it alone. Its passphrase is kept nowhere."""
    release = _decide(by, file, "", "")
    made = Pack.objects.create(
        organisation_id=by.organisation_id,
        person_id=file.row.person_id,
        release=release,
        language=language,
        content=content,
        by_id=release.by_id,
    )
    audit.record(by, "copy.make", file.row, purpose=made.ref)
    return made


@transaction.atomic
def withhold(*, by: Actor, file: File, ground: Ground, words: str) -> Release:
    """Keep a file back. The reason of the law is a code; `words` are sealed with the file.

    ValidationError while one's own key is locked. Forbidden without a request.
    """
    if not has_key(by):
        raise ValidationError(_("Unlock your key first."))
    release = _decide(by, file, ground, words)
    Pack.objects.filter(release=release, by_id=by.user_id).delete()
    audit.record(by, "copy.withhold", file.row, purpose=ground.value)
    return release


@transaction.atomic
def fetch_file(*, by: Actor, file: File, pack: Pack) -> bytes:
    """The closed file, for who made it and still leads it; fetching is written down."""
    if not leads(by, file) or pack.by_id != by.user_id:
        raise Forbidden("copy.fetch")
    audit.record(by, "copy.fetch", file.row, purpose=pack.ref)
    return bytes(pack.content)


def _asked(by: Actor, file: File) -> SubjectRequest:
    found = asked_of(by, file)
    if found is None:
        raise Forbidden("copy.file")
    return found


def _decide(by: Actor, file: File, ground: str, words: str) -> Release:
    """The one row for this request and file; deciding again takes the place of what was decided before."""
    values = {"ground": ground, "words": words, "by_id": by.user_id, "tier": file.row.least_tier}
    values["organisation_id"] = by.organisation_id
    release, _made = Release.objects.update_or_create(request=_asked(by, file), **file.named, defaults=values)
    return release
