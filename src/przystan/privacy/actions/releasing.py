"""The copy of a case file of tier 3 or 4: made by who leads it, or withheld with a reason. GDPR Art. 15, 12(4)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.access.sealing import Locked
from przystan.casework.models import CaseFile
from przystan.casework.queries import leads, whole
from przystan.casework.queries.texts import has_key

from ..enums import Ground
from ..models import Pack, Release, SubjectRequest
from ..queries.copying import Section
from ..queries.releasing import asked_of, sections_of


@transaction.atomic
def gather_file(*, by: Actor, case: CaseFile, language: str, earlier: bool) -> list[Section]:
    """What the copy of a file will hold, in a language; that it was read is written down.

    `earlier`: also earlier wordings. ValidationError while one's own key is locked. Forbidden without a request.
    """
    _asked(by, case)
    try:
        with translation.override(language):
            return sections_of(case, whole(by, case, earlier=earlier))
    except Locked:
        raise ValidationError(_("Unlock your key first.")) from None


@transaction.atomic
def keep_file_pack(*, by: Actor, case: CaseFile, language: str, content: bytes) -> Pack:
    """Keep the closed file of a case for a day, for who made it alone. Its passphrase is kept nowhere."""
    release = _decide(by, case, "", "")
    made = Pack.objects.create(
        organisation_id=by.organisation_id,
        person_id=case.person_id,
        release=release,
        language=language,
        content=content,
        by_id=release.by_id,
    )
    audit.record(by, "copy.make", case, purpose=made.ref)
    return made


@transaction.atomic
def withhold(*, by: Actor, case: CaseFile, ground: Ground, words: str) -> Release:
    """Keep a file back. The reason of the law is a code; `words` are sealed with the file.

    ValidationError while one's own key is locked. Forbidden without a request.
    """
    if not has_key(by):
        raise ValidationError(_("Unlock your key first."))
    release = _decide(by, case, ground, words)
    Pack.objects.filter(release=release, by_id=by.user_id).delete()
    audit.record(by, "copy.withhold", case, purpose=ground.value)
    return release


@transaction.atomic
def fetch_file(*, by: Actor, case: CaseFile, pack: Pack) -> bytes:
    """The closed file, for who made it and still leads the case; fetching is written down."""
    if not leads(by, case) or pack.by_id != by.user_id:
        raise Forbidden("copy.fetch")
    audit.record(by, "copy.fetch", case, purpose=pack.ref)
    return bytes(pack.content)


def _asked(by: Actor, case: CaseFile) -> SubjectRequest:
    found = asked_of(by, case)
    if found is None:
        raise Forbidden("copy.file")
    return found


def _decide(by: Actor, case: CaseFile, ground: str, words: str) -> Release:
    """The one row for this request and file; deciding again takes the place of what was decided before."""
    values = {"ground": ground, "words": words, "by_id": by.user_id, "organisation_id": by.organisation_id}
    release, _made = Release.objects.update_or_create(request=_asked(by, case), case=case, defaults=values)
    return release
