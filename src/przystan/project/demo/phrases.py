"""Words of the demo's records, in Polish as its staff would write them, and whose work each field is."""

ROLES = {
    "information": ("reception", "adviser"),
    "residence_legalisation": ("adviser",),
    "legal_advice": ("lawyer", "legal_adviser"),
    "vocational_counselling": ("vocational_counsellor",),
    "psychological_support": ("psychologist",),
    "polish_courses": ("teacher", "course_coordinator"),
    "education": ("education_assistant",),
    "supported_flats": ("social_worker",),
    "social_work": ("social_worker",),
    "protection": ("case_manager",),
    "community": ("community_leader",),
    "civic_practice": ("course_coordinator",),
    "training": ("course_coordinator",),
}
NEXT_STEPS = {
    "residence_legalisation": [
        "Donieść umowę najmu i zaświadczenie z pracy",
        "Sprawdzić stan sprawy w urzędzie wojewódzkim",
        "Wypełnić razem wniosek w portalu MOS",
        "Przynieść aktualne ubezpieczenie",
        "Uzupełnić braki z wezwania",
        "Odebrać kartę pobytu",
    ],
    "legal_advice": [
        "Przygotować odwołanie przed upływem terminu",
        "Przeczytać akta w urzędzie",
        "Wysłać ponaglenie",
        "Przynieść umowę i paski wypłat",
    ],
    "vocational_counselling": [
        "Dokończyć CV po polsku",
        "Umówić rozmowę z pracodawcą",
        "Złożyć dyplom do uznania",
        "Zarejestrować się w urzędzie pracy",
    ],
    "psychological_support": ["Umówić kolejne spotkanie", "Przekazać kontakt do psychiatry"],
    "polish_courses": ["Zapisać na test poziomujący", "Dać znać, kiedy rusza nowa grupa"],
    "accompaniment": ["Umówić wizytę w urzędzie", "Zabrać komplet dokumentów na wizytę"],
    "education": ["Zadzwonić do szkoły", "Umówić spotkanie z wychowawczynią", "Przygotować opinię do poradni"],
    "supported_flats": ["Przejrzeć plan usamodzielnienia", "Złożyć wniosek o lokal z gminy"],
    "social_work": ["Złożyć wniosek o świadczenie", "Odwiedzić rodzinę", "Zadzwonić do MOPR"],
    "protection": ["Sprawdzić plan bezpieczeństwa", "Umówić prawniczkę", "Skontaktować się z policją za zgodą osoby"],
    "health": ["Złożyć deklarację w przychodni", "Umówić lekarza"],
    "": ["Oddzwonić", "Przygotować odpowiedź", "Sprawdzić, czy sprawa załatwiona", "Umówić kolejne spotkanie"],
}
PLACES = [
    "Pomorski Urząd Wojewódzki",
    "Pomorski Urząd Wojewódzki",
    "Urząd Miejski",
    "ZUS",
    "Urząd pracy",
    "Przychodnia",
    "Szkoła",
    "Bank",
]
CHOSEN_ANYWAY = "Osoba oświadczyła, że należy do grupy docelowej; dokument do uzupełnienia"
WRONG_MINUTES = "Pomyłka w liczbie minut"
WRONG_ENTRY = ["Wpisano dwa razy", "Wpis dotyczył innej osoby"]
