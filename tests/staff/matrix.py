"""What staff brings to the tests that hold for every module (tests/harness/modules.py)."""

from typing import Any

from django.utils import timezone

from przystan.people.models import Person
from przystan.staff.models import ProofRule, Worker
from przystan.team.models import Organisation
from tests import factories
from tests.matrix.addresses import Address, Refs, ref
from tests.staff import making

BOTH, POST = "GET POST", "POST"
worker, rights = ref("worker"), ref("worker", model="staff.worker")
RULE = {
    "read": "",
    "needed": "never",
    "source": "A rule of the centre",
    "certainty": "house",
}


def rule(refs: Refs, obj: str) -> dict[str, str]:
    """Changed from today on: a rule of a day that is over is refused."""
    return RULE | {"valid_from": timezone.localdate().isoformat()}


ADDRESSES = [
    Address("staff:index"),
    Address("staff:due"),
    Address("staff:rules"),
    Address("staff:rule", BOTH, "times", kwargs=ref("gate_rule", "pk", of="proof"), data=rule),
    Address("staff:confirm_rule", POST, "times", kwargs=ref("asked_rule", "pk", of="proof")),
    Address("staff:withdraw_rule", POST, "times", kwargs=ref("asked_rule", "pk", of="proof")),
    Address("staff:mine", on="never"),  # nobody of the matrix is written down
    Address("staff:my_hours"),
    Address("staff:note", BOTH),
    Address("staff:file"),
    Address("staff:to_confirm"),
    Address("staff:add", BOTH),
    Address("staff:worker", on="worker", kwargs=worker),
    Address("staff:change", BOTH, "worker", kwargs=worker),
    Address("staff:account", BOTH, "worker", kwargs=worker),
    *(Address("staff:rows", BOTH, "worker", kwargs=ref("worker", kind=kind), label=kind) for kind in making.ROWS),
    Address("staff:add_agreement", BOTH, "worker", kwargs=worker),
    *(
        Address("staff:add_proof", BOTH, "worker", kwargs=ref("worker", family=family), label=family)
        for family in ("check", "training")
    ),
    Address("staff:end_agreement", BOTH, "worker", kwargs=ref("agreement")),
    Address("staff:strike_agreement", POST, "worker", kwargs=ref("agreement")),
    Address("staff:strike_proof", POST, "worker", kwargs=ref("proof")),
    Address("staff:take_back", POST, "worker", kwargs=ref("hour")),
    Address("staff:confirm", POST, "worker", kwargs=ref("hour")),
    Address("staff:hours_of", on="worker", kwargs=worker),
    Address("staff:note_for", BOTH, "worker", kwargs=worker),
    Address("staff:file_of", on="worker", kwargs=worker),
    Address("privacy:subject", BOTH, "worker", "t2", kwargs=rights),
    Address("privacy:subject_copy", POST, "worker", "t2", kwargs=rights, data=lambda refs, obj: {"language": "pl"}),
]


def rows(person: Person) -> dict[str, Any]:
    """Somebody who works where this person comes to, with a row in each table of people who work here."""
    made = Worker.objects.create(
        organisation=person.organisation, point=person.point, name="Ola", told_on=making.LONG_AGO
    )
    making.language(made), making.country(made), making.availability(made)
    agreement, proof = making.agreement(made), making.proof(made)
    hour = making.hour(made, for_point=person.point, day=timezone.localdate())
    return {"worker": made.ref, "agreement": agreement.ref, "proof": proof.ref, "hour": hour.ref}


def things(organisation: Organisation) -> dict[str, int]:
    """A rule of the gate, and a change of another that somebody asked for."""
    first, second = (making.proof_kind(f"{name}-{organisation.pk}", needed="never") for name in ("rule", "asked"))
    asked = ProofRule.every.create(
        organisation=organisation,
        kind=second,
        replaces=second.rules.get(),
        source="made for tests",
        valid_from=timezone.localdate(),
        asked_at=timezone.now(),
        asked_by=factories.user(organisation, "director"),
    )
    return {"gate_rule": first.rules.get().pk, "asked_rule": asked.pk}


def _hour(refs: Refs) -> dict[str, Any]:
    """Minutes, for the point where they work."""
    point = Worker.objects.get(ref=refs["worker"]["own"]).point_id
    return {"day": timezone.localdate().isoformat(), "starts": "", "ends": "", "minutes": "30", "for_point": point}


FILLED = {"staff:note_for": _hour}
# What its forms leave in the audit log.
DEEDS = {
    "staff:confirm": "staff.confirm_hour",
    "staff:add": "staff.save",
    "staff:strike_agreement": "staff.strike",
    "staff:strike_proof": "staff.strike",
    "staff:change": "staff.save",
    "staff:account": "staff.join_account",
    "staff:rows": "staff.save",
    "staff:add_agreement": "staff.agree",
    "staff:add_proof": "staff.prove",
    "staff:end_agreement": "staff.end_agreement",
    "staff:take_back": "staff.take_back_hour",
    "staff:note_for": "staff.note_hour",
    "privacy:subject_copy": "copy.make",
}
