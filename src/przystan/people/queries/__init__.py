"""Reads about people. Everything wider than a filter on a queryset lives here and knows the actor."""

from ..wording import reason
from .candidates import Candidate
from .duplicates import count_suspected, suspected_pairs
from .facts import fact_key, fact_of
from .person import person_page, person_seen, recent_people
from .search import alike, search

__all__ = [
    "Candidate",
    "alike",
    "count_suspected",
    "fact_key",
    "fact_of",
    "person_page",
    "person_seen",
    "reason",
    "recent_people",
    "search",
    "suspected_pairs",
]
