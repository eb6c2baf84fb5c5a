"""Institutions in a demo centre: the public offices that ship, and invented schools, clinics and employers.

Nothing invented exists: names are made of trees and weather, numbers are those that no register gives (their check
digits fit), coordinates lie somewhere in the town.
"""

from datetime import time, timedelta
from decimal import Decimal

from przystan.access.actors import Actor, system
from przystan.access.scene import Scene

from . import actions
from .enums import Part
from .loading import shipped_offices
from .models import Agreement, AgreementKind, Contact, Institution
from .rules.newcomer import Called, Newcomer, Place

# kind, name, abbreviation, town, latitude and longitude of the middle of the town, languages
MADE_UP = [
    ("school", "Szkoła Podstawowa nr 912 im. Wierzby Płaczącej", "SP 912", "Gdańsk", "54.352", "18.646", ["uk"]),
    ("school", "Szkoła Podstawowa nr 913 im. Trzech Brzóz", "SP 913", "Tczew", "54.092", "18.777", []),
    ("school", "XXXIX Liceum Ogólnokształcące „Pod Klonem”", "XXXIX LO", "Gdynia", "54.519", "18.531", ["en"]),
    ("counselling_centre", "Poradnia Psychologiczno-Pedagogiczna „Jarzębina”", "PPP", "Gdańsk", "54.380", "18.600", []),
    ("clinic", "Przychodnia „Ranna Mgła”", "", "Gdańsk", "54.365", "18.620", ["uk", "ru", "en"]),
    ("clinic", "Przychodnia „Pierwszy Śnieg”", "", "Kwidzyn", "53.735", "18.931", ["ru"]),
    ("employer", "Stolarnia „Dębowy Liść” Sp. z o.o.", "", "Pruszcz Gdański", "54.263", "18.637", ["uk"]),
    ("employer", "Piekarnia „Mgiełka”", "", "Sopot", "54.442", "18.560", []),
    ("ngo", "Fundacja „Ciepły Front”", "", "Gdańsk", "54.356", "18.660", ["be", "uk"]),
    ("media", "Kurier Zmyślony", "", "Gdańsk", "54.349", "18.653", []),
]
PEOPLE = ["Anna Zmyślona", "Piotr Przykładowy", "Maria Niebyła", "Jan Wymyślony"]
ROLES = ["sekretariat", "rejestracja", "obsługa cudzoziemców", "kadry"]


def fill(scene: Scene) -> None:
    """The register of a centre that has used it for a year: some checked lately, some long ago."""
    by = system(scene.organisation_id, "demo")
    for newcomer in shipped_offices():
        actions.register(by=by, newcomer=newcomer)
    for number, (kind, name, short, town, latitude, longitude, languages) in enumerate(MADE_UP):
        names = (Called(name, language="pl"), *([Called(short, "short")] if short else []))
        street = f"ul. Przykładowa {number + 1}"
        place = Place(town, street, latitude=Decimal(latitude), longitude=Decimal(longitude))
        made = actions.register(
            by=by, newcomer=Newcomer(kind, names, places=(place,), languages=tuple(languages), phone="58 000 00 00")
        )
        _live(by, scene, made)


def _live(by: Actor, scene: Scene, made: Institution) -> None:
    """Hours, somebody to ask for, perhaps an agreement, and when it was checked."""
    rng = scene.rng
    closes = time(rng.choice([15, 16, 18]))
    rows = [{"weekday": day, "opens": time(8), "closes": closes, "note": ""} for day in range(5)]
    actions.save_hours(by=by, institution=made, rows=rows)
    left = scene.today - timedelta(days=200) if rng.random() < 0.2 else None
    contact = Contact(institution=made, name=rng.choice(PEOPLE), role=rng.choice(ROLES), valid_to=left)
    actions.keep(by=by, row=contact)
    if rng.random() < 0.5:
        kind = AgreementKind.objects.get(code="cooperation")
        begun = scene.today - timedelta(days=rng.randint(30, 900))
        actions.keep(
            by=by, row=Agreement(institution=made, kind=kind, number="demo", valid_from=begun, signed_on=begun)
        )
    day = scene.today - timedelta(days=rng.randint(0, 500))
    actions.check(by=by, institution=made, parts=rng.sample(Part.values, 3), on=day)
