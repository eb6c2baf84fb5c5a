"""One person under two spellings, two persons under like ones."""

import pytest

from przystan.kernel.names import SAME_THRESHOLD, compare, compare_typed

SAME = [
    # Ukrainian, Russian, Belarusian in Polish, English, German, French spelling
    ("Олександр Шкрум", "Aleksander Szkrum"),
    ("Oleksandr Shkrum", "Alexander Schkrum"),
    ("Щербак Іван", "Ivan Szczerbak"),
    ("Щербак Іван", "Ivan Shcherbak"),
    ("Щербак Іван", "Ivan Schtscherbak"),
    ("Щербак Іван", "Ivan Sherbak"),
    ("Iuliia Tkachenko", "Julia Tkatschenko"),
    ("Юлія Ткаченко", "Julija Tkaczenko"),
    ("Євгенія Їжакевич", "Evgenia Izhakevich"),
    ("Микола Гончаренко", "Nikolaj Honczarenko"),
    ("Олена Ковальчук", "Yelena Kovalchuk"),
    ("Олена Ковальчук", "Helena Kowalczuk"),
    ("Halyna Hryhorenko", "Galina Grigorenko"),
    ("Анатолій Дʼяченко", "Anatoliy Dyachenko"),
    ("Артём Соловьёв", "Artiom Sołowjow"),
    ("Святлана Ціханоўская", "Svetlana Tichanowskaja"),
    # order, patronymics, initials, double and feminine surnames, nicknames
    ("Олена Петрівна Ковальчук", "Kowalczuk Olena"),
    ("Пушкин Александр Сергеевич", "Alexander Pushkin"),
    ("O. V. Kovalenko", "Olena Kovalenko"),
    ("Anna Nowak", "Anna Nowak-Kowalska"),
    ("Anna Kowalska", "Anna Kowalski"),
    ("Оксана Білий", "Oksana Bila"),
    ("Juan García López", "Juan Garcia"),
    ("Саша Петренко", "Oleksandra Petrenko"),
    ("Jean-Pierre Dupont", "Jeanpierre Dupont"),
    # Arabic, Persian
    ("خديجة أحمد", "Chadidża Ahmed"),
    ("Хадіджа Ахмед", "Khadija Ahmad"),
    ("محمد العلي", "Mohamed Al-Ali"),
    ("عبد الرحمن الشريف", "Abderrahmane Cherif"),
    ("Abdulrahman Elmasry", "عبدالرحمن المصري"),
    ("نور الدين حسن", "Nureddin Hassan"),
    ("يوسف بن علي", "Youssef Benali"),
    ("Aminullah Rahimi", "امین الله رحیمی"),
    ("حسین محمدی", "Hossein Mohammadi"),
    # Georgian, Armenian, Hebrew, Indian, Ethiopian, East Asian, Turkic
    ("ალექსანდრე ჭავჭავაძე", "Alexander Czawczawadze"),
    ("Արմեն Հակոբյան", "Armen Akopjan"),
    ("יצחק כהן", "Yitzhak Cohen"),
    ("नरेन्द्र कुमार श्रेष्ठ", "Narendra Kumar Shrestha"),
    ("প্রিয়া রহমান", "Priya Rahman"),
    ("ገብረመድህን ሃይለ", "Haile Gebremedhin"),
    ("Nguyễn Văn Đức", "Duc Van Nguyen"),
    ("李小明", "Li Xiaoming"),
    ("김철수", "Kim Cheolsu"),
    ("Şahin Ağaoğlu", "Sahin Agaoglu"),
    ("Əliyev İlham Heydər oğlu", "Ilham Aliyev"),
    ("Хуршид Ғуломов", "Xurshid Gʻulomov"),
    ("Ștefan Țurcanu", "Stefan Turcanu"),
    # slips of the keyboard in a long name, single names
    ("Kateryna Kovalneko", "Kateryna Kovalenko"),
    ("Олена", "Olena"),
]

DIFFERENT = [
    ("Olena Kovalenko", "Oleh Kovalenko"),
    ("Olena Kovalenko", "Olena Kovalchuk"),
    ("Olena Kovalenko", "Olena Kovalova"),
    ("Ivan Savchenko", "Ivan Shevchenko"),
    ("Petro Tkach", "Petro Tkachenko"),
    ("Andrii Melnyk", "Andrii Melnychuk"),
    ("Maria Kowalska", "Marta Kowalska"),
    ("Anna Nowak", "Maria Nowak"),
    ("Oleksandr Koval", "Oleksandra Koval"),
    ("Святослав Рудько", "Sviatoslava Rudko"),
    ("Ivan Ivanov", "Ivana Ivanova"),
    ("Valentin Petrov", "Valentina Petrova"),
    ("Ivan Petrovych Koval", "Petro Ivanovych Koval"),
    ("Іван Петрович Коваль", "Ivan Mykolaiovych Koval"),
    ("Ivan Petrov", "Petr Ivanov"),
    ("I. Kovalenko", "Olena Kovalenko"),
    ("محمود حسن", "Mohammed Hassan"),
    ("أحمد حسن", "Ahmad Hussein"),
    ("أمير صالح", "Amira Saleh"),
    ("Nino Beridze", "Nana Beridze"),
    ("Nguyễn Văn An", "Trần Văn An"),
    ("Ana García López", "Ana García Pérez"),
    ("Olena", "Olena Kovalenko"),
    ("12", "13"),
    ("", "Olena"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_one_person_under_two_spellings(a: str, b: str) -> None:
    assert compare(a, b).score >= SAME_THRESHOLD
    assert compare(a, b).same


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_two_persons_stay_two(a: str, b: str) -> None:
    assert not compare(a, b).same


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("Olena Koval", "Olena Koval", "same_words"),
        ("Szkrum Ivan", "Shkrum Ivan", "same_sound"),
        ("Олена Коваль", "Olena Koval", "other_script"),
        ("Olena Koval", "Koval Olena", "order_swapped"),
        ("Mykola Koval", "Nikolaj Koval", "translated"),
        ("Anna Kowalska", "Anna Kowalski", "feminine_ending"),
        ("Kateryna Kovalenko", "Kateryna Kodalenko", "typo"),
        ("O. Koval", "Olena Koval", "initial"),
        ("Olena Petrivna Koval", "Olena Koval", "patronymic_missing"),
        ("Anna Nowak", "Anna Nowak-Kowalska", "partial"),
        ("Anna Maria Nowak", "Annamaria Nowak", "joined"),
        ("Anna Nowak", "Maria Nowak", "other_word"),
    ],
)
def test_the_reason_is_said(a: str, b: str, reason: str) -> None:
    assert reason in compare(a, b).reasons


def test_a_half_typed_name_is_near_but_never_the_same() -> None:
    typed = compare_typed("oleks koval", "Oleksandr Kovalchuk")
    assert typed.score > 0.7
    assert not typed.same
    assert typed.reasons == ("partial",)
