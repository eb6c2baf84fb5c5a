"""Offices, schools, clinics, employers, media, partners: whoever is no person and is dealt with again."""

from .agreements import Agreement
from .checks import Check
from .contacts import Contact
from .institution import Institution, InstitutionName, InstitutionNumber
from .kinds import AgreementKind, InstitutionKind
from .places import Address, Opening
from .same import InstitutionMerge, InstitutionPair

__all__ = [
    "Address",
    "Agreement",
    "AgreementKind",
    "Check",
    "Contact",
    "Institution",
    "InstitutionKind",
    "InstitutionMerge",
    "InstitutionName",
    "InstitutionNumber",
    "InstitutionPair",
    "Opening",
]
