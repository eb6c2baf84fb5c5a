"""The catalogue of what the centre gives, and the ledger of what it gave."""

from .catalogue import Service, ServiceLine, Topic
from .history import EntryBefore
from .ledger import Gathering, Support, SupportPerson, SupportTopic

__all__ = [
    "EntryBefore",
    "Gathering",
    "Service",
    "ServiceLine",
    "Support",
    "SupportPerson",
    "SupportTopic",
    "Topic",
]
