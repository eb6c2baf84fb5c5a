"""Names of institutions: each is spelt here, so that it is found, and one of them is the one to list by."""

from ..enums import NameKind
from ..models import Institution, InstitutionName
from ..rules.spelling import folded, keys_of


def spell(name: InstitutionName) -> InstitutionName:
    """Compute what is kept beside the text: its plain Latin form, the keys it is found by."""
    name.text = " ".join(name.text.split())
    name.folded = folded(name.text)
    name.keys = sorted(keys_of(name.text))
    return name


def rename(institution: Institution) -> None:
    """List it by its first official name, a Polish one before others, else by its first name."""
    names = list(institution.names.order_by("pk"))
    best = min(names, key=lambda one: (one.kind != NameKind.OFFICIAL, one.language not in ("pl", ""), one.pk))
    if institution.name != best.text:
        institution.name = best.text
        institution.save(update_fields=["name"])
