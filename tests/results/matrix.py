"""What results bring to the tests that hold for every module (tests/harness/modules.py)."""

from typing import Any

from przystan.access.doors import door
from przystan.people.models import Person
from przystan.results.models import Result
from przystan.team.models import Organisation
from tests import factories
from tests.matrix.addresses import Address, ref

BOTH, POST = "GET POST", "POST"
ADDRESSES = [
    Address("results:kinds"),
    Address("results:add_kind", BOTH),
    Address("results:kind", BOTH, "code", kwargs=ref("kind of result", "code")),
    Address("results:add_scale", BOTH),
    Address("results:scale", BOTH, "code", kwargs=ref("scale of levels", "code")),
    Address("results:retire", POST, "code", kwargs=ref("kind of result", "code")),
]
DEEDS = dict.fromkeys((address.name for address in ADDRESSES[1:]), "result.kinds")
FILLED = {
    "results:add_kind": lambda refs: {"scale": "", "shape": "yes"},
    "results:add_scale": lambda refs: {"levels": "A\nB"},
    "results:scale": lambda refs: {"levels": "A1\nA2\nB1\nB2"},
}


def things(of: Organisation) -> dict[str, Any]:
    """A kind with levels, and its scale."""
    made = factories.result_kind("levels", names={"pl": "Poziom", "en": "Level"})
    made.scale.names = {"pl": "Skala"}
    made.scale.save()
    return {"kind of result": made.code, "scale of levels": made.scale.code}


def rows(person: Person) -> None:
    """A result of this person that said something else once, and the programme that counts it."""
    words = f"folder of {person.display_name}"
    made = factories.result(person.point, factories.result_kind(), person, evidence=words)
    with door():
        Result.objects.filter(pk=made.pk).update(evidence=f"{words}, page 2")
    factories.count_for(made, factories.programme(person.organisation))
