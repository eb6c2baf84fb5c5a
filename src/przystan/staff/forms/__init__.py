"""Forms about people who work here."""

from .hours import HourForm
from .papers import AgreementForm, EndForm, ProofForm
from .workers import ROWS, AccountForm, WorkerForm

__all__ = ["ROWS", "AccountForm", "AgreementForm", "EndForm", "HourForm", "ProofForm", "WorkerForm"]
