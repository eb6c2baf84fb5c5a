"""What the columns of a file may mean, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

Words = Mapping[str, str | Promise]

FIELDS: Words = {
    "given": gettext_lazy("given names"),
    "family": gettext_lazy("family name"),
    "name": gettext_lazy("full name"),
    "native_name": gettext_lazy("name in the person's own script"),
    "other_name": gettext_lazy("another spelling"),
    "birth": gettext_lazy("born"),
    "age": gettext_lazy("age"),
    "written": gettext_lazy("day on which the age was written"),
    "sex": gettext_lazy("sex"),
    "citizenship": gettext_lazy("citizenship"),
    "phone": gettext_lazy("phone"),
    "email": gettext_lazy("e-mail"),
    "language": gettext_lazy("language"),
    "needs_interpreter": gettext_lazy("needs an interpreter"),
    "title": gettext_lazy("title to stay"),
    "title_from": gettext_lazy("title from"),
    "title_to": gettext_lazy("title until"),
    "arrived": gettext_lazy("came to Poland"),
    "place": gettext_lazy("town"),
    "reference": gettext_lazy("the centre's own reference"),
    "days": gettext_lazy("was there on"),
    "mark": gettext_lazy("a day, with marks of who was there"),
    "relatives": gettext_lazy("family"),
    "family_number": gettext_lazy("number of the family, the same for all of it"),
    "family_begins": gettext_lazy("filled only for the first of a family: those below belong to it"),
    "family_role": gettext_lazy("what they are in the family"),
    "partner": gettext_lazy("partner, in the row of somebody else"),
    "partner_birth": gettext_lazy("when the partner was born"),
    "child": gettext_lazy("children, in the row of a parent"),
    "child_birth": gettext_lazy("when those children were born"),
    "member": gettext_lazy("others of the family, in the row of one"),
    "point": gettext_lazy("point"),
    "day": gettext_lazy("day"),
    "service": gettext_lazy("service"),
    "topic": gettext_lazy("topic"),
    "minutes": gettext_lazy("minutes"),
    "hours": gettext_lazy("hours"),
    "mode": gettext_lazy("how"),
    "interpreter": gettext_lazy("with an interpreter"),
    "staff": gettext_lazy("given by"),
    "payer": gettext_lazy("payer"),
    "headcount": gettext_lazy("number of people"),
    "next_step": gettext_lazy("next step"),
    "short_name": gettext_lazy("abbreviation, or what people call it"),
    "former_name": gettext_lazy("former name of the institution"),
    "kind": gettext_lazy("kind of institution"),
    "address": gettext_lazy("address in one cell"),
    "street": gettext_lazy("street and number"),
    "postcode": gettext_lazy("postcode"),
    "town": gettext_lazy("town"),
    "website": gettext_lazy("website"),
    "regon": "REGON",
    "nip": "NIP",
    "krs": "KRS",
    "rspo": "RSPO",
    "contact": gettext_lazy("person to ask for"),
    "contact_role": gettext_lazy("what that person does there"),
    "contact_phone": gettext_lazy("phone of that person"),
    "contact_email": gettext_lazy("e-mail of that person"),
    "note": gettext_lazy("good to know"),
}


def field_word(kind: str, field: str) -> str | Promise:
    """What a column means; a place is somebody's town, or where a support was given."""
    if (kind, field) == ("institutions", "name"):
        return gettext_lazy("official name")
    return gettext_lazy("where") if (kind, field) == ("supports", "place") else FIELDS[field]


# Of the lists of `queries.words.Meanings`: the column whose values they hold.
LISTED = {
    "countries": "citizenship",
    "languages": "language",
    "titles": "title",
    "places": "place",
    "family_roles": "family_role",
    "points": "point",
    "services": "service",
    "topics": "topic",
    "modes": "mode",
    "staff": "staff",
    "programmes": "payer",
    "marks": "mark",
    "institution_kinds": "kind",
}


def list_word(name: str) -> str | Promise:
    """What a value was looked for as: a citizenship, a town."""
    return FIELDS[LISTED[name]]
