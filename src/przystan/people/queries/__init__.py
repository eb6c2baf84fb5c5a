"""Reads about people. Everything wider than a filter on a queryset lives here and knows the actor."""

from ..wording import reason
from .alike import alike, compared, doubles_of
from .candidates import Candidate
from .differing import differing
from .duplicates import count_suspected, suspected_pairs
from .facts import fact_key, fact_of
from .person import person_page, person_pages, person_seen, recent_people
from .search import search

__all__ = [
    "Candidate",
    "alike",
    "compared",
    "count_suspected",
    "differing",
    "doubles_of",
    "fact_key",
    "fact_of",
    "person_page",
    "person_pages",
    "person_seen",
    "reason",
    "recent_people",
    "search",
    "suspected_pairs",
]
