"""What rules may ask of a person (`rules.facts`). What is read of one of them is `people.rules.known.Facts`."""

from .citizenship import CITIZENSHIP, CITIZENSHIP_CLASS
from .home import HOUSEHOLD_HAS_MINOR, HOUSEHOLD_SIZE, PLACE
from .person import AGE, ARRIVED_ON, DAYS_SINCE_ARRIVAL, SEX
from .titles import LEGAL_STAY, RESIDENCE_CLASS, RESIDENCE_TITLE

FACTS = (
    CITIZENSHIP_CLASS,
    CITIZENSHIP,
    RESIDENCE_CLASS,
    RESIDENCE_TITLE,
    LEGAL_STAY,
    AGE,
    SEX,
    PLACE,
    ARRIVED_ON,
    DAYS_SINCE_ARRIVAL,
    HOUSEHOLD_SIZE,
    HOUSEHOLD_HAS_MINOR,
)
