"""What parts two people whose names are near, and what only looks as if it parted one: a kind a test."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from przystan.kernel.names import compare, fold, keys
from przystan.kernel.names.compounds import signs_of
from przystan.kernel.names.given import given_names
from przystan.kernel.names.respelled import in_one_script, respelled
from przystan.kernel.names.slips import is_longer_form, is_slip, is_spelling, letters_apart

OTHERS = {
    "a tie that is a name, at either end": [
        ("Rina Das", "Rina De"), ("Ewa Los", "Ewa De"), ("Vu Van Binh", "Ta Van Binh"), ("Pan Jie", "Jie"),
        ("Bin Li", "Li"), ("Bat Bayar", "Bayar"),
    ],
    "the father is not the son": [("Ali ibn Omar", "Omar ibn Ali"), ("Karim bin Salah", "Salah bin Karim")],
    "one given name is another, whatever else is equal": [
        ("Khaled Hassan Omar Saleh", "Tarek Hassan Omar Saleh"), ("Pedro Luis Soto Ruiz", "Jorge Luis Soto Ruiz"),
        ("Hamdi Nur Farah", "Hodan Nur Farah"), ("Ana Soto Vega", "Ana Soto Vera"),
        ("Gul Rahman Stanekzai", "Gul Karim Stanekzai"), ("Irina Sergeevna Orlova", "Irina Semenovna Orlova"),
    ],
    "one letter is another real name": [
        ("Sunita Rai", "Sumita Rai"), ("Zarina Karimova", "Zarifa Karimova"), ("Serkan Koç", "Sercan Koç"),
        ("Harpreet Gill", "Gurpreet Gill"), ("Lana Saleh", "Lina Saleh"), ("Salim Haddad", "Salem Haddad"),
        ("Armen Petrosyan", "Arman Petrosyan"), ("Hamid Popal", "Hamed Popal"), ("Gosia Lis", "Zosia Lis"),
    ],
    "one letter in a short word": [("Jan Kos", "Jan Kot"), ("Ewa Rak", "Ewa Rad"), ("Nina Dvali", "Nana Dvali")],
    "an ending makes another family": [
        ("Ewa Sikora", "Ewa Sikorska"), ("Jan Mazur", "Jan Mazurek"), ("Ali Demir", "Ali Demirci"),
        ("Olha Sydor", "Olha Sydorenko"),
    ],
    "syllables decide where families are few": [
        ("Chen Li", "Chen Lu"), ("Wang Jun", "Wang Jin"), ("Zheng Bo", "Jiang Bo"), ("Hoang Van Son", "Hoang Van Sang"),
        ("Le Thi Bich Ngoc", "Le Thi Bich Hanh"), ("Tran Van An", "Tran Van Anh"),
    ],
    "marks that both carry": [("Trần Văn Hùng", "Trần Văn Hưng"), ("李静", "李晶")],
}  # fmt: skip

ONE = {
    "a tie between words": [("Carlos de la Vega", "Carlos Vega"), ("Dr Anna Lis", "Anna Lis")],
    "a name that elsewhere is a tie": [("Andrei Ten", "Андрей Тен"), ("Le Minh Tam", "Tam Le Minh")],
    "marks that one carries": [("Trần Văn Hùng", "Tran Van Hung"), ("李静", "Li Jing"), ("Thuỳ Lê Thị", "Thùy Lê Thị")],
    "what one side leaves out": [("Pedro Soto Ruiz", "Pedro Luis Soto"), ("П. С. Орлов", "Пётр Сергеевич Орлов")],
    "Belarusian": [("Зміцер Каваленка", "Dmitrij Kovalenko"), ("Леанід Лявонаў", "Leonid Leonov"),
                   ("Кацярына Жук", "Ekaterina Zhuk")],
    "Ukrainian dz and g": [("Ґалаґан Іван", "Galagan Ivan"), ("Кирило Ґудзь", "Kyrylo Gudz"),
                           ("Михайло Ткач", "Mychajło Tkacz")],
    "Somali": [("Axmed Cali", "Ahmed Ali"), ("Xasan Cabdi", "Hassan Abdi")],
    "Wade-Giles": [("Hsieh Ming", "Xie Ming"), ("Ch'en Chih-p'ing", "Chen Zhiping")],
    "Chinese families of two signs": [("司馬光", "Sima Guang"), ("欧阳明", "Ouyang Ming")],
    "India": [("Vikram Rai", "Bikram Rai"), ("ਮਨਜੀਤ ਸਿੰਘ", "Manjit Singh"), ("Usha Misra", "Usha Mishra")],
    "Sorani": [("ڕۆژین ئەحمەد", "Rojîn Ehmed")],
    "short forms": [
        ("Bartek Mazur", "Bartłomiej Mazur"), ("Толя Гриб", "Анатолій Гриб"),
        ("Franek Lis", "Franciszek Lis"), ("Staszek Gil", "Stanisław Gil"), ("Janek Gil", "Jan Gil"),
        ("Митя Лось", "Дмитро Лось"), ("Юрко Бондар", "Юрій Бондар"), ("Ola Rak", "Aleksandra Rak"),
        ("Md. Karim Ullah", "Mohammad Karim Ullah"),
    ],
    "letters that look alike": [("Cepгій Бондар", "Сергій Бондар"), ("Оlena Rak", "Olena Rak")],
    "a keyboard that stood on Latin": [("Byyf <tkjdf", "Инна Белова"), ("Jktyf Rjdfkm", "Олена Коваль")],
    "slips of the keyboard": [
        ("Oksana Bondarchuk", "Oksaan Bondarchuk"), ("Petro Tkachenko", "Petro Tkachemko"),
        ("Nagdalena Wrona", "Magdalena Wrona"), ("Jan Dąb", "Jan Dąv"),
    ],
}  # fmt: skip


def _each(kinds: dict[str, list[tuple[str, str]]]) -> list[tuple[str, str, str]]:
    return [(kind, a, b) for kind, pairs in kinds.items() for a, b in pairs]


@pytest.mark.parametrize(("kind", "a", "b"), _each(OTHERS))
def test_two_people(kind: str, a: str, b: str) -> None:
    assert not compare(a, b).same, (kind, compare(a, b))


@pytest.mark.parametrize(("kind", "a", "b"), _each(ONE))
def test_one_person(kind: str, a: str, b: str) -> None:
    assert compare(a, b).same, (kind, compare(a, b))


@pytest.mark.parametrize(("kind", "a", "b"), [*_each(OTHERS), *_each(ONE)])
def test_it_does_not_matter_who_comes_first(kind: str, a: str, b: str) -> None:
    assert compare(a, b) == compare(b, a), kind
    assert compare(a, a).score == compare(b, b).score == 1, kind


@pytest.mark.parametrize("name", [name for _, *pair in [*_each(OTHERS), *_each(ONE)] for name in pair])
def test_a_name_stays_itself_in_capitals_and_turned_about(name: str) -> None:
    assert compare(name, name.upper()).same
    words = name.split()
    if not {"ibn", "bin"} & {word.lower() for word in words}:
        assert compare(name, " ".join(words[1:] + words[:1])).same


def test_a_word_that_speaks_against_is_said() -> None:
    assert "other_word" in compare("Wang Jun", "Wang Jin").reasons
    assert "other_word" in compare("Khaled Hassan Omar", "Tarek Hassan Omar").reasons
    assert "other_word" in compare("Ali ibn Omar", "Omar ibn Ali").reasons


def test_what_only_fits_by_a_slip_is_never_called_clear() -> None:
    assert "typo" in compare("Petro Tkachenko", "Petro Tkachemko").reasons
    assert "typo" in compare("Byyf <tkjdf", "Инна Белова").reasons


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("kos", "kot", False), ("dab", "dav", True), ("tkachuk", "tkachukk", True), ("tkachuk", "tkacuk", True),
        ("zarina", "zarifa", False), ("phuong", "phoung", True), ("huk", "chuk", False), ("lis", "lisek", False),
        ("savchenko", "shevchenko", False), ("kvaratskhelia", "kvratshelia", True),
    ],
)  # fmt: skip
def test_slips(one: str, other: str, *, slip: bool) -> None:
    assert is_slip(one, other, known=False) is is_slip(other, one, known=False) is slip


def test_spellings_of_one_sound() -> None:
    assert is_spelling("zein", "zain")
    assert is_spelling("misra", "mishra")
    assert is_spelling("tarek", "tarik")
    assert is_spelling("same", "same")
    assert is_spelling("morena", "moreny")
    assert not is_spelling("hala", "haly")
    assert not is_spelling("lana", "lina")
    assert not is_spelling("kos", "kot")


def test_a_longer_form_has_an_ending_of_its_own() -> None:
    assert is_longer_form("mazur", "mazurek")
    assert not is_longer_form("mazur", "mazury")


@given(st.text(alphabet="abcdeшьоп", max_size=12), st.text(alphabet="abcdeшьоп", max_size=12))
def test_letters_apart_are_the_same_from_both_sides(one: str, other: str) -> None:
    assert letters_apart(one, other) == letters_apart(other, one)
    assert is_slip(one, other, known=True) or not is_slip(one, other, known=False)


@given(st.text(alphabet="аеосрхAbcepoxiКолbт", max_size=12))
def test_one_script_is_reached_at_once(word: str) -> None:
    there = in_one_script(word.lower())
    assert in_one_script(there) == there
    assert len(there) == len(word.lower())


def test_somali_is_read_only_where_a_word_shows_it() -> None:
    assert respelled(["axmed", "cali"]) == ["ahmed", "ali"]
    assert respelled(["max", "cichy"]) == ["max", "cichy"]


def test_tables_of_given_names_can_be_read() -> None:
    assert given_names(signs_of("gosia")) & given_names(signs_of("małgorzata"))
    assert not given_names(signs_of("gosia")) & given_names(signs_of("zosia"))
    assert not given_names(signs_of("zarina")) & given_names(signs_of("zarifa"))


def test_keys_find_what_is_respelled() -> None:
    assert keys("Xasan Cabdi") & keys("Hassan Abdi")
    assert fold("欧阳明") == "ou yang ming".replace("ou yang", "ouyang")
