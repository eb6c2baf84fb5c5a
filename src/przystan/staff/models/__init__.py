"""People who work here: who they are, their papers, their hours, and the kinds of these."""

from .hours import Hour
from .kinds import AgreementKind, AgreementRule, ProofKind, ProofRule
from .papers import Agreement, Proof
from .workers import Availability, CountryTie, Worker, WorkerLanguage

__all__ = [
    "Agreement",
    "AgreementKind",
    "AgreementRule",
    "Availability",
    "CountryTie",
    "Hour",
    "Proof",
    "ProofKind",
    "ProofRule",
    "Worker",
    "WorkerLanguage",
]
