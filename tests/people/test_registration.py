"""Registering somebody new."""

import pytest
from django.core.exceptions import ValidationError

from przystan.access.actors import Actor, Forbidden
from przystan.access.models import AuditEntry
from przystan.people import actions
from przystan.people.forms.facts import LanguageForm, NameForm
from przystan.people.forms.registration import OtherNameForm, RegisterForm
from przystan.people.models import PairVerdict, Person, PersonLanguage, PersonName
from przystan.people.queries import alike
from przystan.team.models import Point
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def point() -> Point:
    return factories.point(factories.organisation())


@pytest.fixture
def adviser(point: Point) -> Actor:
    return factories.actor(point.organisation)


def newcomer(point: Point, *names: str, **values: object) -> actions.Newcomer:
    return actions.Newcomer(names=[actions.NewName(name) for name in names], point=point, **values)  # type: ignore[arg-type]


def test_a_name_is_enough(point: Point, adviser: Actor) -> None:
    person = actions.register(by=adviser, newcomer=newcomer(point, "Sukarno"))
    assert person.display_name == "Sukarno"
    noted = AuditEntry.objects.get()
    assert noted.action == "person.register"
    assert set(noted.fields) <= {"names", "phone_safety", "sex"}, "what was said, and no more"


@pytest.mark.parametrize("safety", ["", "yes", "no"])
def test_a_number_that_nobody_asked_about_is_not_said_to_be_safe(point: Point, adviser: Actor, safety: str) -> None:
    """It was "may be used, confirmed today" though nobody had asked."""
    asked = {"phone_safety": safety} if safety else {}
    person = actions.register(by=adviser, newcomer=newcomer(point, "Olena", phone="600 100 200", **asked))
    channel = person.channels.get()
    assert (channel.safety, channel.confirmed_on is not None) == (safety or "not_asked", bool(safety))


@pytest.mark.parametrize(
    ("said", "kept"),
    [({}, None), ({"needs_interpreter": "unknown"}, None)]
    + [({"needs_interpreter": word}, word == "true") for word in ("true", "false")],
)
def test_what_nobody_asked_is_not_asserted_of_a_name_or_a_language(
    point: Point, adviser: Actor, said: dict[str, str], kept: bool | None
) -> None:
    """Every name was "as in the passport", and nobody ever needed an interpreter."""
    empty = RegisterForm(actor=adviser)
    sheet = {"form": empty["form"].value(), "name": "Olena", "language": "uk", "point": point.pk, **said}
    form = RegisterForm(sheet, actor=adviser)
    assert form.is_valid(), form.errors
    other = {"text": "Olenka", "kind": OtherNameForm()["kind"].value() or ""}
    person = actions.register(by=adviser, newcomer=form.newcomer([other]))
    assert [name.kind for name in person.names.all()] == ["not_asked", "not_asked"]
    spoken = person.languages.get()
    assert (spoken.level, spoken.needs_interpreter) == ("native", kept), "the field asks for the first language"


def test_a_fact_added_by_hand_begins_as_not_asked(adviser: Actor) -> None:
    assert NameForm(instance=PersonName(), actor=adviser)["kind"].value() == "not_asked"
    language = LanguageForm(instance=PersonLanguage(), actor=adviser)
    assert (language["level"].value(), language["needs_interpreter"].value()) == ("not_asked", None)


def test_no_name_is_not(point: Point, adviser: Actor) -> None:
    with pytest.raises(ValidationError, match="at least one name"):
        actions.register(by=adviser, newcomer=newcomer(point, " "))
    assert not Person.objects.exists()


def test_everything_known_is_kept(point: Point, adviser: Actor) -> None:
    person = actions.register(
        by=adviser,
        newcomer=newcomer(
            point,
            "Olena Kovalenko",
            "Олена Коваленко",
            birth="1987",
            citizenships=["UA"],
            phone="+380 67 123 45 67",
            phone_safety="neutral",
            language="uk",
            needs_interpreter=True,
        ),
    )
    assert [name.script for name in person.names.all()] == ["latin", "cyrillic"]
    assert person.channels.get().digits == "380671234567"
    assert person.channels.get().confirmed_on
    assert person.languages.get().needs_interpreter
    assert person.citizenships.get().country == "UA"


def test_the_same_form_twice_is_one_person(point: Point, adviser: Actor) -> None:
    once = newcomer(point, "Olena")
    assert actions.register(by=adviser, newcomer=once) == actions.register(by=adviser, newcomer=once)
    assert Person.objects.count() == 1


def test_registered_in_spite_of_somebody_alike_waits_for_a_decision(point: Point, adviser: Actor) -> None:
    known = factories.person(point, "Олена Коваленко", birth="1987-05-03")
    found = alike(adviser, ["Olena Kovalenko"], "1987")
    assert [one.person for one in found] == [known]
    assert found[0].codes[-1] == "birth_year"
    person = actions.register(by=adviser, newcomer=newcomer(point, "Olena Kovalenko"), despite=found)
    pair = PairVerdict.objects.get()
    assert (pair.first_id, pair.second_id, pair.state) == (known.pk, person.pk, "suspected")


def test_another_birth_date_is_another_person(point: Point, adviser: Actor) -> None:
    factories.person(point, "Олена Коваленко", birth="1987-05-03")
    assert alike(adviser, ["Olena Kovalenko"], "1990") == []


def test_others_may_not(point: Point, adviser: Actor) -> None:
    stranger = factories.actor(factories.organisation())
    with pytest.raises(ValidationError, match="your own centre"):
        actions.register(by=stranger, newcomer=newcomer(point, "Olena"))
    with pytest.raises(Forbidden):
        actions.register(by=factories.actor(point.organisation, "teacher"), newcomer=newcomer(point, "Olena"))
