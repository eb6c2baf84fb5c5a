"""What staff brings to the tests that hold for every module (tests/harness/modules.py)."""

from typing import Any

from django.utils import timezone

from przystan.people.models import Person
from przystan.staff.models import Worker
from tests.matrix.addresses import Address, ref
from tests.staff import making

BOTH, POST = "GET POST", "POST"
worker, rights = ref("worker"), ref("worker", model="staff.worker")

ADDRESSES = [
    Address("staff:index"),
    Address("staff:due"),
    Address("staff:rules"),
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
    Address("privacy:subject_fetch", POST, "never", kwargs=ref("worker", model="staff.worker", pack="000000000000")),
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


# What its forms leave in the audit log; "" where the hostile scene fills in nothing that is taken.
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
    "staff:note_for": "",
    "privacy:subject_copy": "copy.make",
}

HELD = {
    "staff.actions.workers._locked": "an account that was taken away is not joined again by who saves something else,"
    " and lists are replaced whole",
}
