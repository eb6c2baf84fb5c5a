"""What is said of an institution when it is added: by a form, a file, a seed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Called:
    """A name: `kind` of `enums.NameKind`; `language` ISO 639, "" for none in particular."""

    text: str
    kind: str = "official"
    language: str = ""


@dataclass(frozen=True)
class Place:
    """An address; coordinates in degrees (WGS 84), both or none."""

    town: str
    street: str = ""
    postcode: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@dataclass(frozen=True)
class Official:
    """Somebody to ask for there."""

    name: str
    role: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Newcomer:
    """`kind`: code of an `InstitutionKind`. `names`: at least one, the first is the one to list it by.

    `numbers`: (`enums.NumberKind`, value). `shipped`: its code in the seed file, else "".
    """

    kind: str
    names: tuple[Called, ...]
    numbers: tuple[tuple[str, str], ...] = ()
    places: tuple[Place, ...] = ()
    officials: tuple[Official, ...] = ()
    languages: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    website: str = ""
    note: str = ""
    source: str = ""
    source_on: date | None = None
    unsure: bool = False
    shipped: str = ""
