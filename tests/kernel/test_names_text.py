"""Scripts, folding, and what must hold for any text at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from przystan.kernel.names import NameIndex, Script, compare, compare_typed, fold, keys, query_keys, script_of

ANY_TEXT = st.text(max_size=40) | st.text(
    alphabet="аОлександрśżčéıİßﬁאביוגمحمدالةىქეთევანՀակոनरेन्द्रপ্রিয়া李小김ጸ\u200f\u200d\u0000\ud800 -.'’ʼABabyjshchzrk",
    max_size=25,
)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Aleksander", Script.LATIN),
        ("Олександр", Script.CYRILLIC),
        ("Γεώργιος", Script.GREEK),
        ("Արմեն", Script.ARMENIAN),
        ("יצחק", Script.HEBREW),
        ("خديجة", Script.ARABIC),
        ("नरेन्द्र", Script.INDIC),
        ("প্রিয়া", Script.INDIC),
        ("ქეთევან", Script.GEORGIAN),
        ("김철수", Script.HANGUL),
        ("ኪዳነ", Script.ETHIOPIC),
        ("李小明", Script.HAN),
        ("さくら", Script.KANA),
        ("สมชาย", Script.OTHER),
        ("123 -", Script.NONE),
        ("Олена K.", Script.CYRILLIC),
    ],
)
def test_script(text: str, script: Script) -> None:
    assert script_of(text) is script


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Łukasz   ŻUREK-Nowak ", "lukasz zurek nowak"),
        ("Щербак", "shcherbak"),
        ("O'Brien", "obrien"),
        ("Соломʼяна", "solomyana"),
        ("Işık Şahin", "isik sahin"),
        ("李小明", "li xiaoming"),
        ("O.V. Koval", "o v koval"),
        ("ﬁ Ａnna\u200b", "fi anna"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(ANY_TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert folded.isascii()
    assert folded == " ".join(folded.split())


@given(ANY_TEXT, ANY_TEXT)
def test_comparing_is_symmetric_and_in_range(a: str, b: str) -> None:
    outcome = compare(a, b)
    assert outcome == compare(b, a)
    assert 0 <= outcome.score <= 1
    assert 0 <= compare_typed(a, b).score <= 1


@given(ANY_TEXT)
def test_a_name_is_the_same_as_itself(text: str) -> None:
    if keys(text):
        assert compare(text, text).score == 1


@given(ANY_TEXT)
def test_every_readable_name_has_keys_and_finds_itself(text: str) -> None:
    if any(letter.isalnum() for letter in text):
        assert keys(text)
        index: NameIndex[int] = NameIndex()
        index.add(1, text)
        assert [id for id, _ in index.search(text)] == [1]
    assert all(group.all_of for group in query_keys(text))


def test_a_pasted_page_does_no_harm() -> None:
    page = "Олександр محمد 李 " * 20_000
    assert compare(page, page).same
    assert len(keys(page)) < 30


@pytest.mark.parametrize("name", ["Văn Lê", "Van Le", "Abdul Das", "Da Van"])
def test_a_name_of_nothing_but_small_words_is_a_name(name: str) -> None:
    assert keys(name)
    index: NameIndex[int] = NameIndex()
    index.add(1, name)
    assert [found for found, _ in index.same(name)] == [1]
