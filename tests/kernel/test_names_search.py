"""Finding a name in an index by any spelling."""

import hashlib

import pytest

from przystan.kernel.names import KEYS_VERSION, NameIndex, fold, keys, query_keys, script_of

REGISTER = [
    "Шкрум Олександр",
    "Oleksandr Shevchenko",
    "Savchenko Oleksandr",
    "Kovalchuk Olena Petrivna",
    "Kovalenko Oleh",
    "خديجة المصري",
    "Giorgi Chavchavadze",
    "Nguyễn Văn Đức",
    "Anna Nowak-Kowalska",
    "Yuliia Tkachenko",
]


@pytest.fixture(scope="module")
def index() -> NameIndex[int]:
    found: NameIndex[int] = NameIndex()
    for id, name in enumerate(REGISTER):
        found.add(id, name)
    return found


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Aleksander Szkrum", "Шкрум Олександр"),
        ("szkrum", "Шкрум Олександр"),
        ("Schkrum A.", "Шкрум Олександр"),
        ("oleks shev", "Oleksandr Shevchenko"),
        ("Ковальчук Елена", "Kovalchuk Olena Petrivna"),
        ("kovalch", "Kovalchuk Olena Petrivna"),
        ("Kobalchuk Olena", "Kovalchuk Olena Petrivna"),
        ("Chadidża Al-Masri", "خديجة المصري"),
        ("Elmasry", "خديجة المصري"),
        ("Czawczawadze", "Giorgi Chavchavadze"),
        ("duc nguyen", "Nguyễn Văn Đức"),
        ("Nowak Anna", "Anna Nowak-Kowalska"),
        ("Julija Tkaczenko Petrivna", "Yuliia Tkachenko"),
    ],
)
def test_found_first(index: NameIndex[int], typed: str, name: str) -> None:
    first, _ = index.search(typed)[0]
    assert REGISTER[first] == name


@pytest.mark.parametrize("typed", ["", "   ", "...", "\0", "Zyxwvut Qqq"])
def test_nothing_near_is_an_empty_list(index: NameIndex[int], typed: str) -> None:
    assert index.search(typed) == []


def test_an_id_with_several_names_comes_once() -> None:
    index: NameIndex[str] = NameIndex()
    index.add("a", "Олена Коваль")
    index.add("a", "Olena Koval")
    index.add("b", "Olena Kovalenko")
    assert next(id for id, _ in index.search("Olena Koval")) == "a"
    assert len(index) == 3
    assert len(index.search("Olena Koval", limit=1)) == 1


def test_keys_are_few() -> None:
    assert all(len(keys(name)) <= 14 for name in REGISTER)


def test_the_plan_goes_from_strong_to_weak() -> None:
    kinds = [group.kind for group in query_keys("Olena Kovalchuk")]
    assert kinds == ["exact", "all", "partial", "typo", "typo", "one", "one"]
    assert query_keys("") == ()


# Digest of everything that is stored for REGISTER. A version that was shipped keeps its line.
STORED = {
    1: "c6f73312264f",
    2: "c6f73312264f",  # a last word like "Das" is kept, of which this register has none
    3: "ea65ac7aabe3",  # more given names are known; letters of two scripts in one word, Somali and Ґудзь are read
    4: "edf65914e387",  # b: the first letters of words with few consonants
}


def test_changed_keys_have_a_new_version() -> None:
    stored = "|".join(" ".join([script_of(name).value, fold(name), *sorted(keys(name))]) for name in REGISTER)
    assert hashlib.sha256(stored.encode()).hexdigest()[:12] == STORED[KEYS_VERSION], (
        "the keys are made otherwise: raise KEYS_VERSION in kernel/names/keys.py and add its digest here"
    )


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Kovaldhuk", "Kovalchuk Olena Petrivna"),
        ("Kovachuk", "Kovalchuk Olena Petrivna"),
        ("Kovadenko", "Kovalenko Oleh"),
        ("Chavchabadze", "Giorgi Chavchavadze"),
        ("Tkashenko", "Yuliia Tkachenko"),
    ],
)
def test_one_mistyped_word(index: NameIndex[int], typed: str, name: str) -> None:
    found, _ = index.search(typed)[0]
    assert REGISTER[found] == name
    assert any(keys(name) & some for group in query_keys(typed) if group.kind == "near" for some in group.all_of)


def test_a_crowd_of_namesakes_hides_nobody() -> None:
    index: NameIndex[int] = NameIndex()
    families = [f"{first}{middle}ov" for first in "BDKLMNPRSTVZ" for middle in ("ar", "il", "uk", "em", "ost", "anit")]
    for id, family in enumerate(families * 5):
        index.add(id, f"Mohamed {'Ali ' * (id % 3)}{family}")
    index.add(-1, "محمد قاسم الراوي")
    index.add(-2, "Mohammad Zubenko")
    assert index.search("Mohammed Qasim Al-Rawi")[0][0] == -1
    assert index.search("Muhammad Zubenka")[0][0] == -2
    assert [id for id, _ in index.same("Mohamed Zubenko")] == [-2]
