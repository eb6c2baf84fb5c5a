"""Rule trees by themselves: read, written, decided, told. No database."""

import json
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from przystan.funding.vocabulary import PAYERS
from przystan.people.rules.known import Facts, Held, Household, Span, Title
from przystan.reference.shipped import shipped
from przystan.rules.deciding import decide, every, reasons, some
from przystan.rules.facts import Fact, Fixed, Situation
from przystan.rules.forms import Twig, from_post, from_rule, node_at
from przystan.rules.toml import plain, toml
from przystan.rules.trees import EVERYONE, RuleError, dump
from przystan.rules.words import because, outline, rule_error
from przystan.support.facts import Given

from . import worlds

parse = PAYERS.parse
DAY = date(2026, 6, 1)
GIVEN = Given("advice", "here")
NOTHING = Situation(DAY, {"person": Facts(), "support": GIVEN})
PERSON = Facts(
    sex="female",
    born=Span(date(2008, 1, 1), date(2008, 12, 31)),
    arrived=Span(date(2022, 3, 1), date(2022, 3, 1)),
    citizenships=(Held("RO", date(2019, 5, 4)),),
    citizenship_class=Held("eu_eea_ch", date(2019, 5, 4)),
    titles=(Title("t-illegal", None, "irregular", legal=False),),
    places=(Held("west", date(2020, 1, 1)), Held("west-town", date(2020, 1, 1))),
    household=Household(3, None),
)
KNOWN = Situation(DAY, {"person": PERSON, "support": GIVEN})


def labels(fact: Fact, code: str) -> str:
    return str(fact.codes.words.get(code, code)) if isinstance(fact.codes, Fixed) else code.title()


@given(worlds.trees(20))
def test_a_tree_survives_reading_and_writing(tree: dict[str, Any]) -> None:
    rule = parse(tree)
    assert parse(dump(rule)) == rule
    assert parse(json.loads(json.dumps(dump(rule)))) == rule


@given(worlds.trees(20))
def test_the_editor_keeps_what_a_rule_means(tree: dict[str, Any]) -> None:
    rule, again = parse(tree), parse(from_rule(parse(tree)).tree())
    for case in (NOTHING, KNOWN):
        assert decide(again, case).value is decide(rule, case).value


@given(worlds.trees(20))
def test_a_rule_travels_in_toml(tree: dict[str, Any]) -> None:
    import tomllib

    assert parse(tomllib.loads(f"tree = {toml(dump(parse(tree)))}")["tree"]) == parse(tree)


@given(worlds.trees(20), st.sampled_from(["pl", "en", "uk", "ru"]))
def test_everything_has_words(tree: dict[str, Any], language: str) -> None:
    with translation.override(language):
        rule = parse(tree)
        for case in (NOTHING, KNOWN):
            sentences = because(decide(rule, case), case, labels, PAYERS.frame)
            assert sentences
            assert all(sentence.strip() and "%(" not in sentence for sentence in sentences)
        assert outline(rule, labels).heading


@given(worlds.trees(20))
def test_the_reasons_alone_decide(tree: dict[str, Any]) -> None:
    """Whatever is told as a reason has a value of its own, and an undecided verdict names what is missing."""
    verdict = decide(parse(tree), NOTHING)
    if verdict.value is None:
        assert reasons(verdict)
        assert all(one.value is None for one in reasons(verdict))


@pytest.mark.parametrize(
    ("tree", "path", "code"),
    [
        (None, "", "not_a_condition"),
        ([], "", "not_a_condition"),
        ({}, "", "not_a_condition"),
        ({"all": [], "any": []}, "", "not_a_condition"),
        ({"all": {}}, "all", "not_a_list"),
        ({"all": [{"any": [3]}]}, "all.1.any.1", "not_a_condition"),
        ({"not": {"fact": "shoe_size", "is": True}}, "not", "unknown_fact"),
        ({"fact": "age"}, "", "nothing_asked"),
        ({"fact": "age", "at_least": True}, "", "not_a_number"),
        ({"fact": "age", "at_least": 18.5}, "", "not_a_number"),
        ({"fact": "age", "at_least": 60, "at_most": 18}, "", "ends_before_it_begins"),
        ({"fact": "age", "at_least": -1}, "", "not_a_number"),
        ({"fact": "age", "above": 1}, "", "unknown_word"),
        ({"fact": "sex", "in": []}, "", "no_codes"),
        ({"fact": "sex", "in": ["'; DROP TABLE"]}, "", "bad_code"),
        ({"fact": "legal_stay", "is": 1}, "", "not_yes_or_no"),
        ({"fact": "arrived_on", "from": "24.02.2022"}, "", "not_a_day"),
        ({"fact": "arrived_on", "from": "2022-02-30"}, "", "not_a_day"),
        ({"fact": "arrived_on", "from": "2022-02-24", "to": "2022-01-01"}, "", "ends_before_it_begins"),
    ],
)
def test_a_bad_tree_is_named_by_its_place(tree: object, path: str, code: str) -> None:
    with pytest.raises(RuleError) as error:
        parse(tree)
    assert (error.value.path, error.value.code) == (path, code)
    assert rule_error(error.value)


def test_a_tree_too_deep_or_too_big_is_refused() -> None:
    deep: dict[str, Any] = {"all": []}
    for _ in range(50):
        deep = {"not": deep}
    for tree in (deep, {"all": [{"fact": "age", "at_least": 1}] * 500}):
        with pytest.raises(RuleError, match="too big"):
            parse(tree)


@pytest.mark.parametrize(
    ("values", "all_of", "any_of"),
    [
        ([], True, False),
        ([True, None], None, True),
        ([False, None], False, None),
        ([None, None], None, None),
        ([True, True], True, True),
    ],
)
def test_three_values(values: list[bool | None], all_of: bool | None, any_of: bool | None) -> None:
    assert every(values) is all_of
    assert some(values) is any_of


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        ({"fact": "age", "at_least": 17}, True),
        ({"fact": "age", "at_least": 18}, None),
        ({"fact": "age", "at_least": 19}, False),
        ({"fact": "age", "at_most": 17}, None),
        ({"fact": "household_has_minor", "is": False}, None),
        ({"fact": "household_size", "at_most": 2}, False),
        ({"fact": "legal_stay", "is": False}, True),
        ({"fact": "place", "in": ["west"]}, True),
        ({"fact": "days_since_arrival", "at_least": 1553}, True),
        ({"fact": "days_since_arrival", "at_least": 1554}, False),
    ],
)
def test_facts_known_in_part(asked: dict[str, Any], value: bool | None) -> None:
    assert decide(parse(asked), KNOWN).value is value


@pytest.mark.parametrize(
    ("tree", "sentences"),
    [
        ({"all": []}, ["this programme takes everyone"]),
        (
            {"fact": "citizenship_class", "in": ["third_country", "stateless"]},
            ["EU citizen since 4 May 2019; this programme takes third-country nationals or stateless people"],
        ),
        ({"not": {"fact": "sex", "in": ["female"]}}, ["woman; this programme does not take women"]),
        ({"fact": "age", "at_least": 18}, ["the exact birth date is not known"]),
        (
            {"fact": "age", "at_least": 21, "at_most": 26},
            ["17 or 18 years old on that day; this programme takes people of 21 to 26 years"],
        ),
        (
            {"fact": "place", "in": ["east"]},
            ["lives in: West-Town since 1 January 2020; this programme takes people who live in: East"],
        ),
        (
            {"any": [{"fact": "sex", "in": ["male"]}, {"fact": "legal_stay", "is": True}]},
            [
                "woman; this programme takes men",
                "has no title that makes the stay legal; this programme takes people who stay in Poland legally",
            ],
        ),
        (
            {"all": [{"fact": "sex", "in": ["male"]}, {"fact": "age", "at_least": 18}]},
            ["woman; this programme takes men"],
        ),
        ({"any": [{"fact": "sex", "in": ["female"]}, {"fact": "age", "at_least": 1}]}, ["woman"]),
    ],
)
def test_sentences(tree: dict[str, Any], sentences: list[str]) -> None:
    with translation.override("en"):
        assert because(decide(parse(tree), KNOWN), KNOWN, labels, PAYERS.frame) == sentences


def test_every_shipped_rule_can_be_read() -> None:
    programmes = shipped("funding", "programmes")["programme"]
    assert len(programmes) >= 14
    for programme in programmes:
        for rule in programme.get("rule", []):
            assert parse(plain(rule["tree"]))
        for indicator in programme.get("indicator", []):
            assert parse(plain(indicator["filter"])) if indicator.get("filter") else EVERYONE


@pytest.mark.parametrize(
    "tree",
    [
        {"all": [{"fact": "sex", "in": ["female"]}, {"fact": "age"}]},
        {"any": [{"not": {"fact": "age"}}]},
        {"all": [{"not": {"any": [{"fact": "sex", "in": ["female"]}, {"fact": "age"}]}}]},
        {"all": [{"any": [{"all": [{"fact": "sex", "in": ["female"]}, {"fact": "age"}]}]}]},
    ],
)
def test_a_fault_is_found_in_the_form(tree: dict[str, Any]) -> None:
    """The editor names the condition that is not complete by its words."""
    shape, data = _form(tree), MultiValueDict[str, str]()
    data.setlist("shape", [json.dumps(shape)])
    for path in ("0.0", "0.0.0", "0.0.0.0"):
        data.setlist(f"{path}:in", ["female"])
    form = from_post(data, PAYERS.facts)
    with pytest.raises(RuleError) as caught:
        parse(form.tree())
    found = node_at(form, caught.value.path)
    assert isinstance(found, Twig)
    assert found.fact.code == "age"


def _form(tree: dict[str, Any]) -> Any:
    """The shape of a tree, as the form's hidden field holds it."""
    if "fact" in tree:
        return tree["fact"]
    kind, parts = next(iter(tree.items()))
    if kind == "not":
        return {"kind": "none", "parts": [_form(part) for part in parts.get("any", [parts])]}
    return {"kind": kind, "parts": [_form(part) for part in parts]}
