"""Who works in the demo centre: one account per role, further advisers at the points, and a partner's staff."""

from typing import NamedTuple


class Post(NamedTuple):
    """A member of staff: login, role, name, languages spoken, point code (None: all points)."""

    login: str
    role: str
    name: str
    languages: tuple[str, ...]
    point: str | None = "gdansk"
    volunteer: bool = False


# The login of these is the role itself: what `przystan demo` prints.
BY_ROLE = [
    Post("reception", "reception", "Marija Petrenko", ("uk", "ru", "pl")),
    Post("adviser", "adviser", "Olena Kowalczuk", ("uk", "ru", "pl", "en")),
    Post("legal_adviser", "legal_adviser", "Natallia Wajtowicz", ("be", "ru", "pl")),
    Post("lawyer", "lawyer", "Marta Zielińska", ("pl", "en"), None),
    Post("psychologist", "psychologist", "Anastazja Biełowa", ("ru", "uk", "pl"), None),
    Post("vocational_counsellor", "vocational_counsellor", "Tomasz Formela", ("pl", "en", "ru")),
    Post("social_worker", "social_worker", "Ewa Hinc", ("pl", "ru")),
    Post("case_manager", "case_manager", "Salome Beridze", ("ka", "ru", "en", "pl"), None),
    Post("course_coordinator", "course_coordinator", "Joanna Wróbel", ("pl", "en", "ru"), None),
    Post("teacher", "teacher", "Krzysztof Dudek", ("pl", "en"), "gdansk", volunteer=True),
    Post("education_assistant", "education_assistant", "Iryna Szewczuk", ("uk", "ru", "pl")),
    Post("interpreter", "interpreter", "Hasan Al-Masri", ("ar", "en", "pl"), None),
    Post("volunteer", "volunteer", "Yusuf Demir", ("tr", "pl", "en"), "gdansk", volunteer=True),
    Post("community_leader", "community_leader", "Gohar Sarkisjan", ("hy", "ru", "pl"), "gdansk", volunteer=True),
    Post("analyst", "analyst", "Piotr Sikora", ("pl", "en"), None),
    Post("grant_officer", "grant_officer", "Dorota Majewska", ("pl", "en"), None),
    Post("coordinator", "coordinator", "Julia Witkowska", ("pl", "en", "ru"), None),
    Post("director", "director", "Agnieszka Górska", ("pl", "en"), None),
    Post("data_protection_officer", "data_protection_officer", "Marek Rutkowski", ("pl",), None),
    Post("administrator", "administrator", "Łukasz Pietrzak", ("pl", "en"), None),
    Post("auditor", "auditor", "Barbara Jankowska", ("pl",), None),
]
AT_POINTS = [
    Post("adviser-gdansk-2", "adviser", "Wiktorija Hajdaj", ("uk", "ru", "pl")),
    Post("adviser-kwidzyn", "adviser", "Switłana Mełnyk", ("uk", "ru", "pl"), "kwidzyn"),
    Post("coordinator-kwidzyn", "coordinator", "Beata Stępień", ("pl", "en"), "kwidzyn"),
    Post("adviser-tczew", "adviser", "Alena Kazłowa", ("be", "ru", "pl"), "tczew"),
    Post("adviser-pruszcz", "adviser", "Daria Kozłowska", ("pl", "uk", "en"), "pruszcz-gdanski"),
]
PARTNER = [
    Post("partner-adviser", "adviser", "Nino Kapanadze", ("ka", "ru", "pl"), "partner"),
    Post("partner-coordinator", "coordinator", "Adam Nowicki", ("pl", "en"), None),
]
# Roles whose holders give support themselves.
GIVING = frozenset(post.role for post in BY_ROLE) - {
    "interpreter",
    "volunteer",
    "analyst",
    "grant_officer",
    "director",
    "data_protection_officer",
    "administrator",
    "auditor",
}
