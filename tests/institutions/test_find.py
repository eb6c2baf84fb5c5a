"""Institutions are found as people type, slips and all; and looked for before they are added twice."""

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from przystan.access.actors import Actor
from przystan.institutions import queries
from przystan.institutions.fields import InstitutionField
from przystan.institutions.models import Institution
from przystan.institutions.rules.asked import understand
from przystan.institutions.rules.newcomer import Called, Newcomer, Place
from przystan.institutions.rules.numbers import Wrong, clean, kinds_of
from przystan.institutions.rules.spelling import abbreviations, alike, telling
from przystan.team.models import Organisation
from tests import factories
from tests.institutions.making import institution, kind

SP12 = "Szkoła Podstawowa nr 12 im. Jana Pawła II w Gdańsku"
REGISTER = {
    SP12: "Gdańsk",
    "Szkoła Podstawowa nr 13 w Gdyni": "Gdynia",
    "Szkoła Podstawowa nr 12 w Gdyni": "Gdynia",
    "II Liceum Ogólnokształcące w Gdańsku": "Gdańsk",
    "Pomorski Urząd Wojewódzki w Gdańsku": "Gdańsk",
    "Powiatowy Urząd Pracy w Gdyni": "Gdynia",
    "Miejski Ośrodek Pomocy Rodzinie w Gdańsku": "Gdańsk",
    "Zakład Ubezpieczeń Społecznych": "",
    "Urząd do Spraw Cudzoziemców": "Warszawa",
    "Przychodnia Lekarska Morena Sp. z o.o.": "Gdańsk",
    "Fundacja Gościnne Morze": "Pruszcz Gdański",
}


@pytest.fixture
def register(house: Organisation) -> dict[str, Institution]:
    return {name: institution(house, name, places=(Place(town),) if town else ()) for name, town in REGISTER.items()}


TYPED = {
    "SP 12 Gdańsk": SP12,
    "sp12 gdynia": "Szkoła Podstawowa nr 12 w Gdyni",
    "szkola podstawowa 13": "Szkoła Podstawowa nr 13 w Gdyni",
    "2 LO": "II Liceum Ogólnokształcące w Gdańsku",
    "II liceum": "II Liceum Ogólnokształcące w Gdańsku",
    "PUW": "Pomorski Urząd Wojewódzki w Gdańsku",
    "urzad wojewudzki": "Pomorski Urząd Wojewódzki w Gdańsku",
    "PUP": "Powiatowy Urząd Pracy w Gdyni",
    "pup gdynia": "Powiatowy Urząd Pracy w Gdyni",
    "Повятовий ужонд праці": "Powiatowy Urząd Pracy w Gdyni",
    "mopr": "Miejski Ośrodek Pomocy Rodzinie w Gdańsku",
    "zaklad ubezpieczen spolecznyh": "Zakład Ubezpieczeń Społecznych",
    "zus": "Zakład Ubezpieczeń Społecznych",
    "UdSC": "Urząd do Spraw Cudzoziemców",
    "cudzoziemc": "Urząd do Spraw Cudzoziemców",
    "przychodnia moreny": "Przychodnia Lekarska Morena Sp. z o.o.",
    "moren": "Przychodnia Lekarska Morena Sp. z o.o.",
    "fundacja goscinne mozhe": "Fundacja Gościnne Morze",
    "pruszcz gdanski": "Fundacja Gościnne Morze",
}
UNREADABLE = ["", "   ", "...", "\0", "%", "'; --", "x" * 300]


@pytest.mark.django_db
def test_found_first(register: dict[str, Institution], adviser: Actor) -> None:
    """One register for all that is typed: to make it takes longest."""
    found = {typed: queries.find(adviser, typed)[:1] for typed in TYPED}
    assert {typed: [one.institution.name for one in first] for typed, first in found.items()} == {
        typed: [name] for typed, name in TYPED.items()
    }
    assert [typed for typed, first in found.items() if not first[0].fits] == []


@pytest.mark.django_db
def test_nothing_readable_finds_nothing_and_breaks_nothing(register: dict[str, Institution], adviser: Actor) -> None:
    assert [typed for typed in UNREADABLE if any(one.fits for one in queries.find(adviser, typed))] == []


@pytest.mark.django_db
def test_other_figures_are_another_school(register: dict[str, Institution], adviser: Actor) -> None:
    fitting = [one.institution.name for one in queries.find(adviser, "szkoła podstawowa nr 12") if one.fits]
    assert sorted(fitting) == [SP12, "Szkoła Podstawowa nr 12 w Gdyni"]


@pytest.mark.django_db
def test_found_by_number_by_former_name_and_in_any_language(house: Organisation, adviser: Actor) -> None:
    names = (Called("Wydział Spraw Obywatelskich", "former"), Called("Управління у справах іноземців", language="uk"))
    one = institution(house, "Wydział Cudzoziemców", *names, numbers=(("regon", "123456785"),))
    institution(house, "Sąd")
    for typed in ("123-456-785", "spraw obywatelskich", "управління іноземців", "upravlinnia inozemtsiv"):
        assert [hit.institution for hit in queries.find(adviser, typed) if hit.fits] == [one], typed
    assert queries.find(adviser, "123456785")[0].codes == ("number",)


@pytest.mark.django_db
def test_only_of_the_kinds_asked_for_and_of_ones_own(house: Organisation, adviser: Actor) -> None:
    clinic = institution(house, "Gdańskie Centrum", kind="clinic")
    institution(house, "Gdańskie Centrum", kind="office")
    assert [hit.institution for hit in queries.find(adviser, "gdańskie centrum", kinds=["clinic"])] == [clinic]
    stranger = factories.actor(factories.organisation("Other"), "adviser")
    assert queries.find(stranger, "gdańskie centrum") == []


@pytest.mark.django_db
def test_why_it_is_found_is_said(register: dict[str, Institution], page: Client) -> None:
    text = page.get(reverse("institutions:index"), {"q": "pup gdynia"}).text
    assert "its abbreviation" in text
    assert "in this town" in text
    assert "Nothing fits" in page.get(reverse("institutions:index"), {"q": "przychodnia aksamitna"}).text


# Name, town and numbers of somebody new -> how many are alike.
ALIKE = {
    ("Szkola podstawowa 12", "", ()): 2,
    ("SP nr 12", "Gdynia", ()): 1,
    ("SP nr 12", "Sopot", ()): 0,
    ("SP nr 14", "", ()): 0,
    ("Zupełnie inna", "", (("regon", "123456785"),)): 1,
    ("Zupełnie inna", "", (("nip", "5830000003"),)): 0,
}


@pytest.mark.django_db
def test_alike(register: dict[str, Institution], adviser: Actor) -> None:
    institution(register[SP12].organisation, "Inna", numbers=(("regon", "123456785"), ("nip", "5830000003")))
    found = {
        (name, town, numbers): len(
            queries.alike(adviser, Newcomer("school", (Called(name),), numbers, (Place(town),) if town else ()))
        )
        for name, town, numbers in ALIKE
    }
    assert found == ALIKE


@pytest.mark.django_db
def test_it_is_looked_for_before_it_is_added(
    register: dict[str, Institution], page: Client, coordinator: Actor
) -> None:
    new, said = reverse("institutions:new"), {"name": "SP 12", "kind": kind().code, "town": "Gdańsk"}
    asked = page.post(new, said)
    assert "Is it one of these?" in asked.text
    assert register[SP12].ref in asked.text
    assert len(REGISTER) == Institution.objects.count(), "nothing is saved yet"
    page.post(new, said | {"seen": register[SP12].ref})
    assert len(REGISTER) + 1 == Institution.objects.count()
    pair = queries.suspected_pairs(coordinator).get()
    assert {pair.first.name, pair.second.name} == {SP12, "SP 12"}


class Chosen(forms.Form):
    school = InstitutionField()


def chosen(actor: Actor, **data: str) -> Chosen:
    form = Chosen(data)
    form.fields["school"].offer(actor, kinds=["office"])  # type: ignore[attr-defined]
    return form


@pytest.mark.django_db
def test_other_forms_choose_one(register: dict[str, Institution], adviser: Actor, page: Client) -> None:
    sp12 = register[SP12]
    options = page.get(reverse("institutions:suggest"), {"q": "sp 12 gdańsk", "kind": "office"}).text
    assert f'data-value="{sp12.ref}"' in options
    form = chosen(adviser, school=sp12.ref)
    assert form.is_valid()
    assert form.cleaned_data["school"] == sp12
    assert 'data-url="/institutions/suggest/?kind=office"' in str(form["school"])


# What was typed -> what is found, or the code of what is said.
WITHOUT_SCRIPT = {"PUP": "Powiatowy Urząd Pracy w Gdyni", "SP 12": "several", "Qqqq": "unknown", "": "required"}


@pytest.mark.django_db
def test_without_script_what_was_typed_is_looked_up(register: dict[str, Institution], adviser: Actor) -> None:
    forms = {typed: chosen(adviser, school="", school_text=typed) for typed in WITHOUT_SCRIPT}
    assert {
        typed: form.cleaned_data["school"].name if form.is_valid() else form.errors.as_data()["school"][0].code
        for typed, form in forms.items()
    } == WITHOUT_SCRIPT


@pytest.mark.django_db
def test_another_organisations_is_not_chosen(register: dict[str, Institution]) -> None:
    stranger = factories.actor(factories.organisation("Other"), "adviser")
    form = chosen(stranger, school=register[SP12].ref)
    assert form.errors.as_data()["school"][0].code == "unknown"


@pytest.mark.parametrize(
    ("kind", "typed", "digits", "wrong"),
    [
        ("regon", "123-456-785", "123456785", None),
        ("regon", "123456784", "123456784", Wrong.CHECK),
        ("regon", "12345678512347", "12345678512347", None),
        ("regon", "12345678512346", "12345678512346", Wrong.CHECK),
        ("regon", "12345678412347", "12345678412347", Wrong.CHECK),
        ("nip", "PL 583-000-00-03", "5830000003", None),
        ("nip", "5830000008", "5830000008", Wrong.CHECK),
        ("krs", "123", "0000000123", None),
        ("rspo", "12345", "12345", None),
        ("rspo", "1234567", "1234567", Wrong.LENGTH),
        ("nip", "x", "X", Wrong.LENGTH),
        ("nip", "٥٨٣٠٠٠٠٠٠٣", "٥٨٣٠٠٠٠٠٠٣", Wrong.LENGTH),
    ],
)
def test_numbers_have_their_check_digits(kind: str, typed: str, digits: str, wrong: Wrong | None) -> None:
    assert clean(kind, typed) == (digits, wrong)


def test_which_register_digits_may_be_of() -> None:
    assert kinds_of("123456785") == ["regon", "krs"]
    assert kinds_of("5830000003") == ["nip", "krs"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Pomorski Urząd Wojewódzki w Gdańsku", "puw"),
        ("Urząd do Spraw Cudzoziemców", "udsc"),
        ("Urząd do Spraw Cudzoziemców", "uc"),
        ("II Liceum Ogólnokształcące", "lo"),
    ],
)
def test_abbreviations_people_make(name: str, short: str) -> None:
    assert (short in abbreviations(name)) == (short != "uc")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("SP nr 12 im. Jana Pawła II", "12 jana pawła 2 szkoła podstawowa"),
        ("II LO", "2 liceum ogólnokształcące"),
        ("Dom i Praca", "dom praca"),
        ("w", "w"),
    ],
)
def test_telling_words(name: str, words: str) -> None:
    assert telling(name) == words


def test_schools_named_after_the_same_person_are_told_apart_by_their_figures() -> None:
    other = SP12.replace("nr 12", "nr 13")
    assert alike(SP12, SP12).same
    assert not alike(other, SP12).same
    assert alike(other, SP12).score < 0.5 < alike("SP 12", SP12).score


def test_what_was_typed_is_taken_apart() -> None:
    towns = {"gdansk", "pruszcz gdanski"}
    asked = understand("  PUP Pruszcz   Gdański ", towns)
    assert (asked.name, asked.town, asked.number) == ("PUP", "pruszcz gdanski", "")
    assert understand("583-000-00-03", towns).number == "5830000003"
    assert understand("12", towns).number == ""
    assert understand("/583-000-00-03", towns).number == "5830000003"
