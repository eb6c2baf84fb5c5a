"""A new institution."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.saving import save

from ..models import Address, Contact, Institution, InstitutionKind, InstitutionName, InstitutionNumber
from ..queries import Found
from ..rights import INSTITUTIONS_WRITE
from ..rules.newcomer import Newcomer
from .names import rename, spell
from .numbers import checked
from .pairs import suspect


@transaction.atomic
def register(*, by: Actor, newcomer: Newcomer, despite: Sequence[Found] = ()) -> Institution:
    """Add an institution with its names, numbers and addresses. ValidationError in words where one of them is wrong.

    Who calls has looked for it before (`queries.alike`); `despite`: those alike, which wait for a decision from now on.
    """
    by.require(INSTITUTIONS_WRITE)
    if not newcomer.names:
        raise ValidationError({"name": _("Write what it is called.")})
    kind = InstitutionKind.objects.filter(code=newcomer.kind).first()
    if kind is None:
        raise ValidationError({"kind": _("Choose what kind of institution it is.")})
    made = Institution(
        organisation_id=by.organisation_id,
        kind=kind,
        name=newcomer.names[0].text,
        languages=list(newcomer.languages),
        phone=newcomer.phone,
        email=newcomer.email,
        website=newcomer.website,
        note=newcomer.note,
        source=newcomer.source,
        source_on=newcomer.source_on,
        unsure=newcomer.unsure,
        shipped=newcomer.shipped,
        created_by_id=by.user_id,
    )
    save(made)
    _parts(made, newcomer)
    for one in despite:
        suspect(by=by, one=made, other=one.institution, score=one.score, reasons=one.codes)
    audit.record(by, "institution.register", made)
    return made


def _parts(made: Institution, newcomer: Newcomer) -> None:
    for name in newcomer.names:
        save(spell(InstitutionName(institution=made, kind=name.kind, language=name.language, text=name.text)))
    for kind, value in newcomer.numbers:
        save(checked(InstitutionNumber(institution=made, kind=kind, value=value)))
    for place in newcomer.places:
        save(
            Address(
                institution=made,
                street=place.street,
                postcode=place.postcode,
                town=place.town,
                latitude=place.latitude,
                longitude=place.longitude,
            )
        )
    for one in newcomer.officials:
        save(Contact(institution=made, name=one.name, role=one.role or "—", phone=one.phone, email=one.email))
    rename(made)
