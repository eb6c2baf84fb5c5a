"""Numbers in public registers, as they are kept."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..models import InstitutionNumber
from ..rules.numbers import Wrong, clean

SAYS = {
    Wrong.LENGTH: _("This number has too many or too few digits for this register."),
    Wrong.CHECK: _("The check digit does not fit: one of the digits is wrong."),
}


def checked(number: InstitutionNumber) -> InstitutionNumber:
    """The number with its digits only; ValidationError in words where it cannot be one of its register."""
    digits, wrong = clean(number.kind, number.value)
    if wrong:
        raise ValidationError({"value": SAYS[wrong]})
    number.value = digits
    return number
