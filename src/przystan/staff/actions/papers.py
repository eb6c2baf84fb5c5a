"""Agreements, trainings and checks: written down, ended, struck out. None is deleted."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.access.saving import save

from ..enums import Family, Per, Result
from ..models import Agreement, AgreementKind, Proof, ProofKind, Worker
from ..policies import require_leading
from .workers import locked


@transaction.atomic
def add_agreement(
    *, by: Actor, worker: Worker, kind: AgreementKind, valid_from: date, valid_to: date | None = None, **more: Any
) -> Agreement:
    """By what somebody works here, from day to day; `more`: hours (a month, Decimal), in_writing."""
    made = Agreement(
        worker=locked(by, worker), kind=kind, valid_from=valid_from, valid_to=valid_to, by_id=by.user_id, **more
    )
    save(made)
    audit.record(by, "staff.agree", made, ["kind", "valid_from", "valid_to", *more])
    return made


@transaction.atomic
def end_agreement(*, by: Actor, agreement: Agreement, on: date) -> None:
    """Its last day is `on`. ValidationError if it would begin later, or has ended already."""
    agreement = _locked(by, agreement)
    if agreement.valid_to and on > agreement.valid_to:
        raise ValidationError({"on": _("It ends before that day already. Write down a new agreement.")})
    agreement.valid_to = on
    save(agreement)
    audit.record(by, "staff.end_agreement", agreement, ["valid_to"])


@transaction.atomic
def add_proof(
    *,
    by: Actor,
    worker: Worker,
    kind: ProofKind,
    day: date,
    result: Result = Result.CLEAR,
    country: str = "",
    ends: date | None = None,
) -> Proof:
    """A training that was attended, or what came of a check; `country`: whose register was asked, where each has one.

    Never written down by the worker, and a day to come only for a training.
    """
    worker = locked(by, worker)
    _require_sense(kind, day, result, country)
    made = Proof(worker=worker, kind=kind, day=day, result=result, country=country, ends=ends, by_id=by.user_id)
    save(made)
    audit.record(by, "staff.prove", made, ["kind", "day", "result"])
    return made


def _require_sense(kind: ProofKind, day: date, result: Result, country: str) -> None:
    if bool(country) != (kind.per != Per.ONCE):
        raise ValidationError(
            {
                "country": _("Choose the country whose certificate it is.")
                if not country
                else _("This is of no country.")
            }
        )
    if result == Result.DECLARED and not kind.may_be_declared:
        raise ValidationError({"result": _("For this a certificate is needed; a declaration is not enough.")})
    if kind.family == Family.TRAINING and result != Result.CLEAR:
        raise ValidationError({"result": _("A training was attended, or it is not written down.")})
    if kind.family == Family.CHECK and day > timezone.localdate():
        raise ValidationError({"day": _("This day has not come yet. Check the year.")})


@transaction.atomic
def strike_agreement(*, by: Actor, agreement: Agreement) -> None:
    """It was a mistake: it stays, struck out, and counts for nothing."""
    _strike(by, _locked(by, agreement))


@transaction.atomic
def strike_proof(*, by: Actor, proof: Proof) -> None:
    """It was a mistake: it stays, struck out, and counts for nothing."""
    _strike(by, _locked(by, proof))


def _strike(by: Actor, paper: Any) -> None:
    paper.struck_at, paper.struck_by_id = timezone.now(), by.user_id
    paper.save(update_fields=["struck_at", "struck_by"])
    audit.record(by, "staff.strike", paper, ["struck_at"])


def _locked(by: Actor, paper: Any) -> Any:
    """Its row, held until the transaction ends. Forbidden where it is struck out, or not the actor's to change."""
    rows = type(paper).objects.seen_by(by).standing().select_for_update(of=("self",))
    found = rows.select_related("worker").filter(pk=paper.pk).first()
    if found is None:
        raise Forbidden("struck out meanwhile")
    require_leading(by, found.worker)
    return found
