"""Reading the register of institutions, for whoever asks."""

from .listing import institutions
from .page import institution_page, institution_seen

__all__ = ["institution_page", "institution_seen", "institutions"]
