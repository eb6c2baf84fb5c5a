"""What hangs on an institution and has the same four pages: add, change, end, take away."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .. import models
from ..forms import parts as forms


@dataclass(frozen=True)
class PartKind:
    """`ends`: it has a last day; `end_label` says so."""

    slug: str
    model: type[Model]
    form: type[Any]
    title: str | Promise
    add: str | Promise
    ends: bool = False
    end_label: str | Promise = ""


KINDS = {
    kind.slug: kind
    for kind in [
        PartKind("names", models.InstitutionName, forms.NameForm, _("Name"), _("Add a name")),
        PartKind("numbers", models.InstitutionNumber, forms.NumberForm, _("Number"), _("Add a number")),
        PartKind("addresses", models.Address, forms.AddressForm, _("Address"), _("Add an address")),
        PartKind(
            "contacts",
            models.Contact,
            forms.ContactForm,
            _("Person to ask for"),
            _("Add a person to ask for"),
            ends=True,
            end_label=_("No longer there"),
        ),
        PartKind(
            "agreements",
            models.Agreement,
            forms.AgreementForm,
            _("Agreement"),
            _("Add an agreement"),
            ends=True,
            end_label=_("It has ended"),
        ),
    ]
}


def describe(row: Any) -> str:
    """A row in a few words."""
    match row:
        case models.InstitutionName():
            return row.text
        case models.InstitutionNumber():
            return f"{row.get_kind_display()} {row.value}"
        case models.Contact():
            return f"{row.name}, {row.role}"
    return str(row)
