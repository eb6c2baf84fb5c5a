"""What the gate answers, in words: every answer, in every language, with the day and the name of what it is about."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import settings
from django.utils import translation

from przystan.staff.enums import Certainty, Confirmed, Family, HourMode, KeptAs, Needed, Per, Result, Skill, Task, Tie
from przystan.staff.rules.gate import Decision, Reason, Verdict, Why
from przystan.staff.wording import TONES, VERDICTS, holding, kind_in_words, reason, sentences
from przystan.ui.templatetags.ui import day

LANGUAGES = [code for code, _name in settings.LANGUAGES]
SOME_DAY = date(2026, 3, 9)
KINDS = {"register": "Rejestr Iks"}
# What is about a paper names it; what is about a day names that.
OF_PAPERS = {Why.MISSING, Why.RAN_OUT, Why.LATER, Why.FOUND, Why.WAITING}
WITHOUT_DAY = {Why.NO_AGREEMENT, Why.MISSING, Why.FOUND}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with translation.override(request.param):
        yield request.param


@pytest.mark.parametrize("why", Why)
def test_every_reason_is_a_sentence(language: str, why: Why) -> None:
    told = reason(Reason(why, "register", "", SOME_DAY), KINDS)
    assert told.endswith(".")
    assert "%(" not in told
    assert ("Rejestr Iks" in told) == (why in OF_PAPERS)
    assert (day(SOME_DAY) in told) == (why not in WITHOUT_DAY)


def test_no_two_reasons_read_alike(language: str) -> None:
    told = [reason(Reason(why, "register", "", SOME_DAY), KINDS) for why in Why]
    told.append(reason(Reason(Why.COUNTRIES), KINDS))
    assert len(set(told)) == len(told)


def test_a_country_is_named_in_the_language_of_the_page(language: str) -> None:
    names = {"pl": "Syria", "en": "Syria", "uk": "Сирія", "ru": "Сирия"}
    assert kind_in_words("register", "SY", KINDS) == f"Rejestr Iks ({names[language]})"
    assert kind_in_words("unknown", "", KINDS) == "unknown", "a kind that is gone is told by its code"


def test_a_yes_says_until_when_and_nothing_else(language: str) -> None:
    [told] = sentences(Decision(Verdict.MAY, until=SOME_DAY), KINDS)
    assert day(SOME_DAY) in told
    assert sentences(Decision(Verdict.MAY), KINDS) == []
    both = Decision(Verdict.MAY_NOT, (Reason(Why.NO_AGREEMENT), Reason(Why.MISSING, "register")), until=SOME_DAY)
    assert len(sentences(both, KINDS)) == 2


def test_what_is_there_says_until_when_or_that_it_stays(language: str) -> None:
    lasting, ending = (holding("register", "", until, KINDS) for until in (None, SOME_DAY))
    assert day(SOME_DAY) in ending
    assert day(SOME_DAY) not in lasting
    assert all(one.startswith("Rejestr Iks") for one in (lasting, ending))


def test_every_verdict_has_a_word_and_a_tone_of_its_own(language: str) -> None:
    assert set(VERDICTS) == set(TONES) == set(Verdict)
    assert len({str(word) for word in VERDICTS.values()}) == len(set(TONES.values())) == len(Verdict)


@pytest.mark.parametrize(
    "choices", [Certainty, Confirmed, Family, HourMode, KeptAs, Needed, Per, Result, Skill, Task, Tie]
)
def test_no_choice_reads_like_another(language: str, choices: type[Task]) -> None:
    labels = [str(label) for label in choices.labels]
    assert len(set(labels)) == len(labels)
    assert all(labels)
