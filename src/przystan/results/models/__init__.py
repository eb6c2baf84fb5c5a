"""The catalogue of what can come of support, and the ledger of what did."""

from .catalogue import ResultKind, Scale
from .history import ResultBefore
from .ledger import Result

__all__ = ["Result", "ResultBefore", "ResultKind", "Scale"]
