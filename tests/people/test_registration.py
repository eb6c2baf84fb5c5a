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
from przystan.people.rules.same_person import Described
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
    found = alike(adviser, Described(("Olena Kovalenko",), "1987"))
    assert [one.person for one in found] == [known]
    assert found[0].codes[-1] == "birth_year"
    person = actions.register(by=adviser, newcomer=newcomer(point, "Olena Kovalenko"), despite=found)
    pair = PairVerdict.objects.get()
    assert (pair.first_id, pair.second_id, pair.state) == (known.pk, person.pk, "suspected")


def test_another_birth_date_is_another_person(point: Point, adviser: Actor) -> None:
    factories.person(point, "Олена Коваленко", birth="1987-05-03")
    assert alike(adviser, Described(("Olena Kovalenko",), "1990")) == []


@pytest.mark.parametrize(
    ("birth", "code"),
    [
        ("1981-02-10", "birth_year_off"),
        ("1980-10-02", "birth_swapped"),
        ("1980-02-16", "birth_digit"),
        ("1980-01-01", "birth_year"),
        ("1980", "birth_year"),
        ("1981", "birth_year_off"),
        ("1980-02-10", "birth"),
    ],
)
def test_a_slip_in_the_birth_date_hides_nobody(point: Point, adviser: Actor, birth: str, code: str) -> None:
    kyrylo = factories.person(point, "Кирило Мороз", birth="1980-02-10")
    [found] = alike(adviser, Described(("Kyrylo Moroz",), birth))
    assert (found.person, code in found.codes) == (kyrylo, True)


def test_a_slip_hides_nobody_among_namesakes(point: Point, adviser: Actor) -> None:
    """More namesakes than one look-up brings."""
    for at in range(25):
        factories.person(point, "Kyrylo Moroz", birth=f"19{50 + at}-06-15")
    meant = factories.person(point, "Kyrylo Moroz", birth="1980-02-10")
    assert [one.person for one in alike(adviser, Described(("Kyrylo Moroz",), "1980-10-02"))] == [meant]


@pytest.mark.parametrize(
    ("described", "code"),
    [
        (Described(("Olena K.",), reference="gd 2020 474"), "reference"),
        (Described(("Olha Bondar",), reference="GD/2020/474"), "reference"),
        (Described(("Kovalenko",), phones=("380501234567",)), "phone"),
        (Described(("Kovalenko",), phones=("480501234567",)), "phone_end"),
        (Described(("Helena Kovalenko",), emails=("O@example.org",)), "email"),
        (Described(phones=("380501234567",)), "phone"),
    ],
)
def test_whatever_leads_to_somebody_is_followed(point: Point, adviser: Actor, described: Described, code: str) -> None:
    olena = factories.person(point, "Olena Kovalenko", centre_reference="GD-2020-474")
    olena.channels.create(kind="phone", value="+380 50 123 45 67", digits="380501234567")
    olena.channels.create(kind="email", value="o@example.org")
    [found] = alike(adviser, described)
    assert (found.person, code in found.codes) == (olena, True)


@pytest.mark.parametrize(
    "described",
    [
        Described(("Danylo Melnyk",), "2017-09-01", ("380671112233",)),  # a son on his mother's number
        Described(("Danylo Melnyk",), "", ("380671112233",)),
        Described(("Oksana Melnyk",), "1958-07-21", ("380671112233",)),  # her mother
        Described(("N.N.",), "1988-04-02"),
    ],
)
def test_a_family_is_not_one_person(point: Point, adviser: Actor, described: Described) -> None:
    oksana = factories.person(point, "Oksana Melnyk", birth="1988-04-02")
    oksana.channels.create(kind="phone", value="+380 67 111 22 33", digits="380671112233")
    assert alike(adviser, described) == []


def test_a_number_that_was_only_filled_in_is_nobody_s(point: Point, adviser: Actor) -> None:
    olena = factories.person(point, "Olena Kovalenko")
    olena.channels.create(kind="phone", value="000000000", digits="000000000")
    assert alike(adviser, Described(phones=("000000000",))) == []


def test_others_may_not(point: Point, adviser: Actor) -> None:
    stranger = factories.actor(factories.organisation())
    with pytest.raises(ValidationError, match="your own centre"):
        actions.register(by=stranger, newcomer=newcomer(point, "Olena"))
    with pytest.raises(Forbidden):
        actions.register(by=factories.actor(point.organisation, "teacher"), newcomer=newcomer(point, "Olena"))
