"""Values of a file that are like nothing in our lists: said once for the whole file what each means, and remembered."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.people.rights import IMPORT

from ..enums import BatchState
from ..models import ImportBatch, ValueMeaning
from ..rules.unknown import Unknown


@transaction.atomic
def say_meanings(*, by: Actor, batch: ImportBatch, meanings: Mapping[Unknown, str]) -> None:
    """Remember what values mean, and let the rows be checked again (the caller starts the job). A meaning is a code of
    the list, or `NOTHING`.
    """
    by.require(IMPORT)
    batch = ImportBatch.objects.seen_by(by).select_for_update().get(pk=batch.pk)
    if batch.state != BatchState.CHECKED:
        raise ValidationError(_("This file is not ready to be imported. Look at its page again."))
    for unknown, meaning in meanings.items():
        ValueMeaning.objects.update_or_create(
            organisation_id=by.organisation_id,
            field=unknown.field,
            value=unknown.value,
            defaults={"meaning": meaning},
        )
    batch.state, batch.rows_done, batch.trouble = BatchState.CHECKING, 0, ""
    batch.save(update_fields=["state", "rows_done", "trouble"])
    audit.record(by, "import.meanings", batch)
