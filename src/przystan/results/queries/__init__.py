"""Reading the ledger of results and its catalogue. Every query knows the actor."""

from .catalogue import kinds_offered
from .ledger import Filters, any_result, by_token, filtered, of_institution, of_person, results

__all__ = ["Filters", "any_result", "by_token", "filtered", "kinds_offered", "of_institution", "of_person", "results"]
