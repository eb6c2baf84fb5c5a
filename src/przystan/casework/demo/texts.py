"""Case files of the demo: whose they are, what they are about, and their notes. All invented."""

from typing import NamedTuple


class File(NamedTuple):
    """login of who leads it, kind, title, notes from the first to the last; `also`: a login in its team."""

    lead: str
    kind: str
    title: str
    notes: tuple[str, ...]
    also: str = ""


FILES = [
    File(
        "adviser",
        "support",
        "Plan integracji rodziny",
        (
            "Rodzina trzyosobowa, wynajmuje pokój. Ustaliliśmy trzy cele: mieszkanie, szkoła, praca.",
            "Szkoła przyjęła syna do klasy trzeciej. Potrzebuje godzin polskiego.",
            "Mama zapisana na kurs A2. Szuka pracy na pół etatu, rano.",
        ),
        "social_worker",
    ),
    File("adviser", "support", "Karta pobytu i praca", ("Wniosek złożony. Czeka na pismo z urzędu.",)),
    File("adviser", "support", "Zasiłki rodzinne", ("Komplet dokumentów do ZUS złożony razem przez portal.",)),
    File(
        "adviser-gdansk-2",
        "support",
        "Po przyjeździe",
        ("PESEL nadany. Konto w banku jeszcze nie.", "Konto otwarte. Umówiony lekarz pierwszego kontaktu."),
        "adviser",
    ),
    File("adviser-gdansk-2", "support", "Przeprowadzka", ("Umowa najmu kończy się w styczniu. Szukamy wcześniej.",)),
    File(
        "social_worker",
        "support",
        "Mieszkanie wspierane",
        (
            "Zamieszkanie ustalone na dwanaście miesięcy. Plan podpisany.",
            "Opłaty na czas. Pani zaczęła odkładać na kaucję.",
        ),
        "adviser",
    ),
    File("social_worker", "support", "Wejście na rynek najmu", ("Dwie wizyty w mieszkaniach. Pomogłam w rozmowie.",)),
    File("vocational_counsellor", "support", "Uznanie dyplomu", ("Dyplom wysłany do tłumacza przysięgłego.",)),
    File(
        "vocational_counsellor", "support", "Zmiana zawodu", ("Test predyspozycji zrobiony. Kurs spawania od marca.",)
    ),
    File("adviser-kwidzyn", "support", "Szkoła i świetlica", ("Rozmowa z pedagogiem. Świetlica od poniedziałku.",)),
    File("adviser-tczew", "support", "Lekarz i ubezpieczenie", ("Ubezpieczenie przez pracodawcę od pierwszego.",)),
    File("adviser-pruszcz", "support", "Wsparcie po pożarze", ("Tymczasowe mieszkanie na trzy miesiące.",)),
    File(
        "lawyer",
        "legal",
        "Odwołanie od decyzji",
        ("Termin: czternaście dni od doręczenia. Akta przejrzane.", "Odwołanie nadane listem poleconym."),
        "legal_adviser",
    ),
    File("lawyer", "legal", "Spór z pracodawcą", ("Brak wynagrodzenia za dwa miesiące. Wezwanie przygotowane.",)),
    File("legal_adviser", "legal", "Łączenie rodziny", ("Lista dokumentów przekazana. Czekamy na akt ślubu.",)),
    File("psychologist", "psychology", "Wsparcie po przyjeździe", ("Pierwsza rozmowa. Trudności ze snem.",)),
    File("psychologist", "psychology", "Żałoba", ("Spotkania co tydzień. Pani chce mówić po ukraińsku.",)),
    File(
        "psychologist", "psychology", "Adaptacja nastolatka", ("Rozmowa z synem osobno. Kontakt ze szkołą za zgodą.",)
    ),
    File(
        "case_manager",
        "protection",
        "Bezpieczne miejsce",
        ("Plan bezpieczeństwa omówiony. Kontakt tylko osobiście.", "Zgłoszenie złożone razem z prawnikiem."),
    ),
    File("case_manager", "protection", "Wyzysk w pracy", ("Relacja spisana. Dokumenty u przełożonego zatrzymane.",)),
]
