"""What privacy does when a consent is no longer given (`people.queries.consents.Depends`)."""

from datetime import date

from django.utils.translation import gettext as _

from przystan.access.actors import Actor
from przystan.people.models import Person
from przystan.people.queries.consents import Depends

from .actions.requests import receive
from .enums import RequestKind

SENSITIVE = "data_processing_sensitive"


def _told(person: Person) -> list[str]:
    return [_("A request to erase sensitive data is written down, to be answered within a month.")]


def _ends(*, by: Actor, person: Person, purpose: str, day: date) -> None:
    """GDPR art. 17(1)(b): what rested on the consent alone is erased, unless the law says that it is kept."""
    note = _("The consent to sensitive data is no longer given. Look through what was written down because of it.")
    receive(by=by, person=person, kind=RequestKind.ERASE, received_on=day, note=note)


DEPENDS = (Depends(SENSITIVE, _told, _ends),)
