"""Who has to sign for a kind of consent: data, dated, with a source."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.access.saving import save

from ..models import ConsentSigner, ConsentText
from ..policies import may_set_signers
from ..rights import CONSENTS_SIGNERS
from ..rules.consents import Asked, unasked


@transaction.atomic
def set_signers(*, by: Actor, purpose: str, asked: Sequence[Asked], source: str, valid_from: date) -> None:
    """From this day on these have to sign for a purpose, in the actor's organisation; until the day before, who had to.
    ValidationError; Forbidden unless the actor's right is for all points.

    Of no day that has passed: what was done by a consent was right by the rules of its day. What was to begin on the
    day or later, and has not, gives way.
    """
    by.require(CONSENTS_SIGNERS)
    if not may_set_signers(by):
        raise Forbidden("people.signers")
    text = ConsentText.objects.select_for_update().filter(purpose=purpose).order_by("-version").first()
    if text is None:
        raise ValidationError(_("There is no such consent."))
    if valid_from < timezone.localdate():
        raise ValidationError({"valid_from": _("Choose today or a later day: what was decided by then stays right.")})
    _require_everybody(asked)
    rows = ConsentSigner.objects.filter(purpose=purpose, organisation_id=by.organisation_id)
    rows.filter(valid_from__gte=valid_from).delete()
    rows.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from)).update(valid_to=valid_from - timedelta(days=1))
    for one in dict.fromkeys(asked):
        ages = {"age_from": one.age_from, "age_to": one.age_to}
        words = {"purpose": purpose, "signers": one.signers, "source": source, "valid_from": valid_from}
        save(ConsentSigner(organisation_id=by.organisation_id, **words, **ages))
    audit.record(by, "consent.signers", text, ["signers", "valid_from"])


def _require_everybody(asked: Sequence[Asked]) -> None:
    """ValidationError where somebody of some age would be asked by no row."""
    if ages := unasked(asked):
        words = _("Nobody would be asked at the age of %(ages)s. Add who signs then.")
        raise ValidationError(words % {"ages": ", ".join(map(str, ages))})
