"""The one rule: the same, perhaps, or another, from all there is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from przystan.kernel.dates import PartialDate
from przystan.people.rules.births import compare_births, slips_of
from przystan.people.rules.references import may_be_meant, reference_digits, reference_key
from przystan.people.rules.same_person import AGAINST, SLIPS, UNCLEAR, WEIGHTS, Described, Verdict, evidence, verdict
from przystan.people.wording import REASONS

SAME, PERHAPS, OTHER = Verdict.SAME, Verdict.PERHAPS, Verdict.OTHER
PHONE = "380671112233"
OLENA = Described(("Olena Kovalenko",), "1990-05-03", (PHONE,), ("o@example.org",), "GD-2020-474", "female")

days = st.dates(PartialDate(1930).earliest(), PartialDate(2025).latest())
births = st.one_of(
    days.map(str), days.map(lambda day: str(day)[:7]), days.map(lambda day: str(day)[:4]), st.just("1980-01-01")
)
people = st.builds(
    Described,
    names=st.lists(
        st.sampled_from(
            ["Olena Kovalenko", "Олена Коваленко", "Helena Kovalenko", "Olena", "Danylo Koval", "Danyla Koval", "N.N."]
        ),
        max_size=2,
    ).map(tuple),
    birth=st.one_of(st.just(""), births, st.sampled_from(["1990-05-03", "1990-03-05", "1990"])),
    phones=st.sampled_from([(), (PHONE,), ("480671112233",), ("000000000",)]),
    emails=st.sampled_from([(), ("o@example.org",)]),
    reference=st.sampled_from(["", "GD-2020-474", "gd 2020 474", "TCZ/1"]),
    sex=st.sampled_from(["unknown", "female", "male"]),
    households=st.sampled_from([frozenset(), frozenset({1})]),
    relations=st.sampled_from([frozenset(), frozenset({1})]),
)


@pytest.mark.parametrize(
    ("other", "says"),
    [
        pytest.param(Described(("Олена Коваленко",), "1990-05-03"), SAME, id="name and full birth date"),
        pytest.param(Described(("Kovalenko Olena",), reference="gd/2020/474"), SAME, id="name and reference"),
        pytest.param(Described(("Olena Kovalenko",)), PERHAPS, id="name alone"),
        pytest.param(Described(("Olena Kovalenko",), "1990"), PERHAPS, id="a year"),
        pytest.param(Described(("Olena Kovalenko",), "1990-01-01"), PERHAPS, id="1 January"),
        pytest.param(Described(("Olena Kovalenko",), "1990-03-05"), PERHAPS, id="day and month swapped"),
        pytest.param(Described(("Olena Kovalenko",), "1991-05-03"), PERHAPS, id="a year off"),
        pytest.param(Described(("Olena Kovalenko",), "1990-05-08"), PERHAPS, id="a digit"),
        pytest.param(Described(("Olena Kovalenko",), "1990-05-30"), PERHAPS, id="two digits in another order"),
        pytest.param(Described(("Olena Kovalenko",), "1960-05-03"), OTHER, id="a generation apart"),
        pytest.param(Described(("Olena Kovalenko",), "1990-11-17"), OTHER, id="another birth date"),
        pytest.param(
            Described(("Olena Kovalenko",), "1990-11-17", reference="GD-2020-474"), PERHAPS, id="reference, other birth"
        ),
        pytest.param(
            Described(("Petro Lysenko",), "1990-05-03", reference="GD-2020-474"), PERHAPS, id="reference, other name"
        ),
        pytest.param(
            Described(("Olena Kovalenko",), "1990-05-03", reference="GD-2020-475"), PERHAPS, id="other reference"
        ),
        pytest.param(Described(("Olena Kovalenko",), "1990-05-03", sex="male"), PERHAPS, id="other sex"),
        pytest.param(Described(("Olena Kovalenko",), "", sex="male"), OTHER, id="name alone and other sex"),
        pytest.param(Described(("Olena Kovalemko",), "1990-05-03"), PERHAPS, id="a letter, same birth date"),
        pytest.param(Described(("Danylo Kovalenko",), "2017-09-01", (PHONE,)), OTHER, id="a son on her phone"),
        pytest.param(Described(("Danylo Kovalenko",), "", (PHONE,)), OTHER, id="a phone alone"),
        pytest.param(Described(("Iryna Kovalenko",), "1990-05-03", (PHONE,)), OTHER, id="a twin on her phone"),
        pytest.param(Described((), "", (PHONE,)), PERHAPS, id="a phone and no name"),
        pytest.param(Described((), "1991-11-17", (PHONE,)), OTHER, id="a phone, no name, other birth"),
        pytest.param(Described(("Olena",), "", ("480671112233",)), PERHAPS, id="a part of the name, end of the phone"),
        pytest.param(Described(("Olena",), "1990-05-03"), PERHAPS, id="a part of the name, same birth date"),
        pytest.param(Described(("Olena",), "1990"), OTHER, id="a part of the name, same year"),
        pytest.param(Described(("Olena",), "1990-03-05", (PHONE,)), OTHER, id="a part of the name, a slip"),
        pytest.param(Described(("Helena Kovalenko",), "1990-03-05", (PHONE,)), PERHAPS, id="a slip, phone and name"),
        pytest.param(Described(("Olena",)), OTHER, id="a part of the name alone"),
        pytest.param(Described(("N.N.",), "1990-05-03"), OTHER, id="nobody by name"),
        pytest.param(Described(), OTHER, id="nothing"),
    ],
)
def test_what_the_rule_says(other: Described, says: Verdict) -> None:
    assert evidence(OLENA, other).verdict is says


@pytest.mark.parametrize("beside", ["households", "relations"])
def test_whoever_is_written_down_beside_somebody_is_another(beside: str) -> None:
    jan = Described(("Jan Nowak",), "1960-05-03")
    assert evidence(jan, jan).verdict is SAME
    family = replace(jan, **{beside: frozenset({1})})
    assert evidence(family, family).verdict is OTHER


def test_numbers_only_filled_in_are_no_evidence() -> None:
    for digits in ("000000000", "48000000000", "123456789", "999999999"):
        one = Described(("Olena",), phones=(digits,))
        assert not {"phone", "phone_end"} & set(evidence(one, one).codes)


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("1988-05-03", "1988", "birth_year"),
        ("1988-05-03", "1988-05", "birth_year"),
        ("1988-05-03", "1988-05-03", "birth"),
        ("1988-01-01", "1988-01-01", "birth_year"),
        ("1988-05-03", "1988-01-01", "birth_year"),
        ("1988-05", "1988-06", "birth_differs"),
        ("1988", "1989", "birth_year_off"),
        ("1988-05", "1989-06", "birth_differs"),
        ("1988-05-03", "1989", "birth_year_off"),
        ("1988-12-10", "1988-10-12", "birth_swapped"),
        ("1987-05-03", "1978-05-03", "birth_digit"),
        ("1988-02-29", "1989-02-28", "birth_differs"),
        ("", "1988", ""),
    ],
)
def test_birth_dates(one: str, other: str, code: str) -> None:
    assert compare_births(one, other) == compare_births(other, one) == code


@given(births, births)
def test_birth_dates_say_the_same_in_any_order(one: str, other: str) -> None:
    assert compare_births(one, other) == compare_births(other, one)


@given(days.map(str), st.data())
def test_whoever_differs_by_a_slip_is_looked_up(one: str, data: st.DataObject) -> None:
    """The look-up narrows by `slips_of`: what it leaves out, the rule never sees."""
    slips = slips_of(PartialDate.parse(one))
    if not slips:
        return
    other = data.draw(st.one_of(st.sampled_from(slips), births))
    if other in slips:
        assert compare_births(one, other) in SLIPS | {"birth_year"}
    if compare_births(one, other) in SLIPS:
        assert other in slips


@given(people, people)
def test_the_rule_is_the_same_in_any_order(one: Described, other: Described) -> None:
    ours, theirs = evidence(one, other), evidence(other, one)
    assert (ours.verdict, set(ours.codes)) == (theirs.verdict, set(theirs.codes))
    assert ours.score == pytest.approx(theirs.score)
    assert len(set(ours.codes)) == len(ours.codes), "each reason once"


@given(
    st.sets(st.sampled_from(sorted({*WEIGHTS, *UNCLEAR, "same_sound", "other_name"}))),
    st.sampled_from(sorted(AGAINST | SLIPS)),
)
def test_what_speaks_against_never_makes_it_likelier(codes: set[str], against: str) -> None:
    assert verdict({*codes, against}) <= verdict(codes)


@given(people, people, st.sampled_from(["1911-11-17", "1990-11-17"]))
def test_a_birth_date_that_differs_never_makes_it_likelier(one: Described, other: Described, birth: str) -> None:
    known = replace(one, birth="1950-02-28")
    unknown = evidence(known, replace(other, birth=""))
    differs = evidence(known, replace(other, birth=birth))
    assert differs.verdict <= unknown.verdict
    assert differs.verdict is not SAME


@given(people, people)
def test_the_same_is_said_of_nobody_who_differs(one: Described, other: Described) -> None:
    said = evidence(one, other)
    if said.verdict is SAME:
        assert {"reference", "birth"} & set(said.codes)
        assert not (AGAINST | SLIPS | UNCLEAR) & set(said.codes)


def test_every_code_has_words_and_they_are_told_apart() -> None:
    codes = {*WEIGHTS, *UNCLEAR, *AGAINST, *SLIPS, "other_name"}
    assert codes <= REASONS.keys()
    assert len({str(REASONS[code]) for code in codes}) == len(codes)


@pytest.mark.parametrize("text", ["GD-2020-474", "GD 2020 474", "gd/2020/474", "GD.2020.474", "GD–2020–474"])
def test_references_in_their_spellings(text: str) -> None:
    assert reference_key(text) == "GD2020474"
    assert reference_digits(text) == "2020474"
    assert may_be_meant("2020/474", text)
    assert may_be_meant(text, "GD-2020-474")
    assert not may_be_meant("474", text)
    assert not may_be_meant("TCZ-2020-474", text)
