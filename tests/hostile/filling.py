"""What a careful person types into our forms, so that they are accepted and change something."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from przystan.errands.models import Errand
from przystan.funding.files import write
from przystan.funding.models import Programme
from przystan.people.models import ConsentText
from przystan.support.models import ServiceLine, SupportPerson
from tests.harness.modules import brought
from tests.matrix.world import Refs

# By the name of a field that stands empty; of all forms.
OFTEN = {
    "correction_reason": "Typed wrongly",
    "reason": "She asked for it on the phone",
    "name": "Nowa Nazwa",
    "full_name": "Nowa Osoba",
    "username": "nowa-osoba",
    "title": "Nowy tytuł",
    "code": "nowy-kod",
    "key": "nowy-klucz",
    "name_pl": "Nazwa",
    "name_en": "Name",
    "name_uk": "Назва",
    "name_ru": "Название",
    "text": "Kolejny zapis",
    "note": "Nowa uwaga",
    "address": "Długa 1",
    "given_on": "2026-06-01",
    "valid_from": "2026-06-01",
    "ends_on": "2027-06-01",
    "starts": "2026-01-01",
    "ends": "2026-12-31",
    "birth_year": "1990",
    "arrived_year": "2022",
    "hours-0-opens": "09:00",
    "hours-0-closes": "15:00",
    "summary": "All done",
    "source": "Page 7 of the agreement",
    "names-0-text": "Inna Nazwa",
    "family-0-name": "Inna Osoba",
    "family-0-birth_year": "1991",
    "minutes": "30",
}
Own = Callable[[Refs], dict[str, Any]]


def uploaded(name: str, text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def agreement(refs: Refs) -> str:
    """A programme of one's own as a file, as if it were another."""
    found = Programme.objects.get(ref=refs["programme"]["own"])
    return write(found).replace(found.key, "another-key").replace(found.name, "Another")


def line(refs: Refs) -> int:
    return ServiceLine.objects.get(code=refs["line"]["own"]).pk


def another(refs: Refs) -> int:
    """A programme of the same house that pays for the same."""
    return Programme.objects.get(ref=Errand.objects.get(ref=refs["errand"]["coordinator"]).values["programme"]).pk


def given(refs: Refs) -> int:
    """A service that the person received."""
    return SupportPerson.objects.filter(person__ref=refs["person"]["own"]).latest("id").support.service_id


# By the form; whatever stands in its fields.
OWN: dict[str, Own] = {
    "support:add_topic": lambda refs: {"lines": line(refs)},
    "people:join": lambda refs: {"other": refs["person"]["own"], "role": "other"},
    "people:relate": lambda refs: {"other": refs["twin"]["own"], "kind": "sibling"},
    "people:fact_add consents": lambda refs: {"text": ConsentText.objects.latest("id").pk},
    "people:fact_add contacts": lambda refs: {"value": "600 700 800"},
    "people:fact_change contacts": lambda refs: {"value": "600 700 800"},
    "people:fact_change languages": lambda refs: {"level": "simple"},
    "people:fact_change household": lambda refs: {"role": "child"},
    "desk:log": lambda refs: {"people": refs["person"]["own"]},
    "desk:group": lambda refs: {"people": refs["person"]["own"], "headcount": "3"},
    "desk:confirmation": lambda refs: {"services": given(refs)},
    "desk:payer": lambda refs: {"payer": refs["programme"]["own"]},
    "desk:result_payer": lambda refs: {"payer": refs["programme"]["own"]},
    "desk:periods": lambda refs: {"seen": "yes"},  # what it closes
    "desk:correct_result": lambda refs: {"what": ""},  # not only taken back
    "funding:limits": lambda refs: {"kind": "people", "value": "7"},
    "funding:rule": lambda refs: {"do": "save"},
    "funding:where": lambda refs: {"do": "save"},
    "funding:move": lambda refs: {"do": "move", "to": another(refs)},
    "funding:indicator": lambda refs: {"target": "70"},
    "funding:take_file": lambda refs: {"file": uploaded("a.toml", agreement(refs))},
    "casework:team": lambda refs: {"user": refs["nameable"]["own"]},
    "exchange:imports": lambda refs: {"file": uploaded("a.csv", "Imię i nazwisko;Telefon\nOlena Nowak;600 100 300\n")},
    "privacy:ask_any": lambda refs: {"ref": refs["person"]["other"]},
}

for _more in brought("FILLED"):
    OWN |= _more


def filled(name: str, kind: str, plain: dict[str, str], refs: Refs) -> dict[str, Any]:
    """The values of a form as it came, with what is still missing in it."""
    typed = {field: value or OFTEN.get(field, "") for field, value in plain.items()}
    own = OWN.get(f"{name} {kind}".strip(), lambda refs: {})
    return {**typed, **own(refs)}
