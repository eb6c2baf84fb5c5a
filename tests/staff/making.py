"""People who work here, for tests: each function makes one row with the least that it needs."""

from datetime import date
from typing import Any

from przystan.access.doors import door
from przystan.staff.models import (
    Agreement,
    AgreementKind,
    AgreementRule,
    Availability,
    CountryTie,
    Hour,
    Proof,
    ProofKind,
    ProofRule,
    Worker,
    WorkerLanguage,
)
from przystan.team.models import Point
from tests import factories

LONG_AGO = date(2020, 1, 1)
ROWS = ("languages", "availability", "countries")


def worker(at: Point | None = None, name: str = "Hasan Rahimi", **values: Any) -> Worker:
    """Somebody at a point; of all points of `organisation` without one."""
    if at is None and "organisation" not in values:
        at = factories.point(factories.organisation())
    organisation = values.pop("organisation", None) or (at.organisation if at else None)
    return Worker.objects.create(organisation=organisation, point=at, name=name, **values)


def agreement_kind(code: str = "volunteer", writing_after: int | None = 30) -> AgreementKind:
    made, created = AgreementKind.objects.get_or_create(code=code, defaults={"names": {"en": code}})
    if created:
        AgreementRule.objects.create(kind=made, writing_after=writing_after, source="made for tests")
    return made


def proof_kind(code: str = "register", *, needed: str = "minors", **values: Any) -> ProofKind:
    """With one rule in force always; `months`, `years`, `besides`, `valid_from`, `valid_to` are the rule's."""
    rule = {
        name: values.pop(name) for name in ("months", "years", "besides", "valid_from", "valid_to") if name in values
    }
    family = values.pop("family", "check")
    made, created = ProofKind.objects.get_or_create(
        code=code, defaults={"names": {"en": code}, "family": family, **values}
    )
    if created:
        ProofRule.objects.create(kind=made, needed=needed, source="made for tests", **rule)
    return made


def agreement(of: Worker, valid_from: date = LONG_AGO, valid_to: date | None = None, **values: Any) -> Agreement:
    kind = values.pop("kind", None) or agreement_kind()
    return Agreement.objects.create(worker=of, kind=kind, valid_from=valid_from, valid_to=valid_to, **values)


def proof(of: Worker, kind: ProofKind | None = None, day: date = LONG_AGO, **values: Any) -> Proof:
    return Proof.objects.create(worker=of, kind=kind or proof_kind(), day=day, **values)


def language(of: Worker, language: str = "ar", skill: str = "interprets") -> WorkerLanguage:
    return WorkerLanguage.objects.create(worker=of, language=language, skill=skill, level="C1")


def country(of: Worker, country: str = "SY", tie: str = "citizen", last_year: int | None = None) -> CountryTie:
    return CountryTie.objects.create(worker=of, country=country, tie=tie, last_year=last_year)


def availability(of: Worker, words: str = "after four") -> Availability:
    return Availability.objects.create(worker=of, words=words)


def hour(of: Worker, *, day: date, minutes: int = 60, **values: Any) -> Hour:
    """Noted by nobody, unless `noted_by` says who."""
    if not (values.get("for_user") or values.get("for_point")):
        values["for_point"] = of.point
    with door():
        return Hour.objects.create(
            organisation=of.organisation,
            worker=of,
            day=day,
            booked_on=values.pop("booked_on", day),
            minutes=minutes,
            **values,
        )
