"""Reading the register of institutions, for whoever asks."""

from .doubles import count_suspected, suspected_pairs
from .find import Found, alike, find, why
from .listing import institutions
from .mapped import on_map
from .page import InstitutionPage, institution_page, institution_pages, institution_seen

__all__ = [
    "Found",
    "InstitutionPage",
    "alike",
    "count_suspected",
    "find",
    "institution_page",
    "institution_pages",
    "institution_seen",
    "institutions",
    "on_map",
    "suspected_pairs",
    "why",
]
