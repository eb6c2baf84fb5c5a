"""Asking a person by a link to read what happens with their data, and taking their answer."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.links.actions import make, renew
from przystan.links.models import Link, Made
from przystan.links.queries import asked
from przystan.people.models import Person
from przystan.people.policies import require_write

from ..models import Notice
from ..queries.notices import open_notice, text_shown

PURPOSE = "privacy.notice"


@transaction.atomic
def ask_to_read(*, by: Actor, ref: str, language: str) -> Made:
    """A link for the person; where one waits already, it is made anew. ValidationError for who is protected."""
    person = Person.objects.open_to(by).current().select_for_update(of=("self",)).get(ref=ref)
    require_write(by, person)
    if person.protected:
        raise ValidationError(_("No link is made about a protected person. Read it with them here."))
    if waits := open_notice(by, person):
        return renew(by=by, link=waits.link, language=language)
    made = make(by=by, purpose=PURPOSE, language=language)
    Notice.objects.create(person=person, link=made.link)
    return made


def answer(*, by: Actor, link: Link, language: str, words: Mapping[str, Any]) -> None:
    """The bearer says that they have read it: the version that the page showed, in its language.

    Another may be in force by then. Forbidden for what no page can have shown.
    """
    notice, text = asked(by, Notice), text_shown(words["shown"])
    if notice is None or text is None:
        raise Forbidden("nothing to read")
    notice.text, notice.language, notice.read_on = text, language, timezone.localdate()
    notice.save(update_fields=["text", "language", "read_on"])
    audit.record(by, "notice.read", notice, ["text", "language", "read_on"])
