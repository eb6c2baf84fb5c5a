"""People as the centre knows them. `Person` is small on purpose: what has a history is a row of its own."""

from .care import Exclusion, TeamMember
from .consents import Consent, ConsentSigner, ConsentText, Guardian
from .contact import Channel
from .history import FactBefore
from .households import Household, HouseholdMember, Relation
from .identity import Merge, PairVerdict
from .names import PersonName
from .person import EarliestDay, LatestDay, Person
from .status import Citizenship, Dwelling, PersonLanguage, TitleHeld

__all__ = [
    "Channel",
    "Citizenship",
    "Consent",
    "ConsentSigner",
    "ConsentText",
    "Dwelling",
    "EarliestDay",
    "Exclusion",
    "FactBefore",
    "Guardian",
    "Household",
    "HouseholdMember",
    "LatestDay",
    "Merge",
    "PairVerdict",
    "Person",
    "PersonLanguage",
    "PersonName",
    "Relation",
    "TeamMember",
    "TitleHeld",
]
