"""A second customer of the engine, as a module far from money would be one: whom one may hire without a permit.

It speaks of a person, whose facts are declared by `people`, and of a job, whose facts it declares itself. The wage is
in zlotys a month before tax; an offer may name only the least and the most.
"""

from dataclasses import dataclass

from django.utils.functional import lazy

from przystan.reference.models import translated
from przystan.rules.facts import Fact, Fixed, Tells, ValueKind
from przystan.rules.sql import Compiler, inside
from przystan.rules.vocabulary import Vocabulary, about
from przystan.rules.words import Frame, among, numbers


def _here(en: str, pl: str, uk: str, ru: str) -> str:
    """A module has its words in the catalogues; this one says them itself."""
    return translated({"en": en, "pl": pl, "uk": uk, "ru": ru})


said = lazy(_here, str)


@dataclass(frozen=True)
class Job:
    contract: str | None = None
    wage: tuple[int, int] | None = None


CONTRACT: Fact = Fact(
    code="contract",
    of="job",
    kind=ValueKind.CODES,
    label=said("Contract", "Umowa", "Договір", "Договор"),
    tells=Tells("reference.Place.kind"),  # a field that tells of nobody
    codes=Fixed(
        {
            "employment": said("employment", "umowa o praca", "трудовий договір", "трудовой договор"),
            "mandate": said("mandate", "umowa zlecenia", "договір доручення", "договор поручения"),
        }
    ),
    value=lambda job, day: {job.contract} if job.contract else set(),
    sql=lambda leaf, at: f"{at.row}.contract = ANY({at.name(list(leaf.codes))})",
    has=lambda leaf, job, day, names: names(CONTRACT, job.contract or ""),
    asks=among(said("work by: %(codes)s", "praca na: %(codes)s", "робота за: %(codes)s", "работа по: %(codes)s")),
    missing=lambda job: said("which contract?", "jaka umowa?", "який договір?", "какой договор?"),
)
WAGE = Fact(
    code="wage",
    of="job",
    kind=ValueKind.NUMBER,
    highest=100_000,
    label=said("Wage", "Wynagrodzenie", "Зарплата", "Зарплата"),
    tells=Tells("reference.Place.kind"),
    value=lambda job, day: job.wage,
    sql=lambda leaf, at: inside(
        f"{at.row}.least",
        f"{at.row}.most",
        None if leaf.at_least is None else at.name(leaf.at_least),
        None if leaf.at_most is None else at.name(leaf.at_most),
    ),
    has=lambda leaf, job, day, names: f"{job.wage[0]} zł",
    asks=numbers(
        at_least=lambda n: _here(
            "work from %(n)d zł", "praca od %(n)d zł", "робота від %(n)d зл", "работа от %(n)d зл"
        ),
        at_most=lambda n: _here("work to %(n)d zł", "praca do %(n)d zł", "робота до %(n)d зл", "работа до %(n)d зл"),
        between=lambda n: "%(least)d-%(most)d zł",
    ),
    missing=lambda job: said("which wage?", "jaka płaca?", "яка зарплата?", "какая зарплата?"),
)
HIRING = Vocabulary(
    Frame(
        asks=said(
            "%(has)s; without a permit: %(asked)s",
            "%(has)s; bez zezwolenia: %(asked)s",
            "%(has)s; без дозволу: %(asked)s",
            "%(has)s; без разрешения: %(asked)s",
        ),
        refuses=said(
            "%(has)s; not without a permit: %(asked)s",
            "%(has)s; nie bez zezwolenia: %(asked)s",
            "%(has)s; не без дозволу: %(asked)s",
            "%(has)s; не без разрешения: %(asked)s",
        ),
        everyone=said("anybody", "każdego", "кожного", "каждого"),
        no_one=said("nobody", "nikogo", "нікого", "никого"),
    ),
    lambda: (*about("person"), CONTRACT, WAGE),
)
# Either moving freely, or a title that lets work and a decent offer.
RULE = {
    "any": [
        {"fact": "citizenship_class", "in": ["poland", "eu_eea_ch"]},
        {
            "all": [
                {"fact": "residence_class", "in": ["temporary_protection", "permanent"]},
                {"fact": "contract", "in": ["employment"]},
                {"fact": "wage", "at_least": 4806},
            ]
        },
    ]
}


def offered() -> Compiler:
    """Offers `j` to people `p`, on the day of the offer."""
    return Compiler("j.day", {"person": "p", "job": "j"})
