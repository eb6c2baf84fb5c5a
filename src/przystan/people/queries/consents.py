"""What the answers of all who have to sign come to, by purpose; and what depends on it.

Whatever rests on a consent asks `state_on` for its purpose. A module that does something on the ground of one says in
its own `consents.py`, as `DEPENDS`, what happens when it is no longer given: see `Depends`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from przystan.access.modules import each
from przystan.kernel.dates import age_on

from ..models import Consent, ConsentText, Guardian, Person
from ..rules.consents import GROWN_UP, NOBODY, PERSON, Answer, Asked, ConsentState, Seat, seats_of, state_of
from .signers import signers_on

STATES = {
    ConsentState.GIVEN: pgettext_lazy("consent", "given"),
    ConsentState.WAITING: pgettext_lazy("consent", "somebody has not answered yet"),
    ConsentState.CONFLICTING: pgettext_lazy("consent", "they answered differently"),
    ConsentState.REFUSED: pgettext_lazy("consent", "refused"),
    ConsentState.WITHDRAWN: pgettext_lazy("consent", "withdrawn"),
}
TONES = {ConsentState.GIVEN: "good", ConsentState.WAITING: "wait", ConsentState.CONFLICTING: "info"}


@dataclass(frozen=True)
class Depends:
    """What rests on a consent of one purpose.

    `told`: sentences, in the page's language, that say what ends for a person when the consent does; none where nothing
    rests on it. Shown before. `ends`: does it, by keyword `by`, `person`, `purpose` and `day`, in the transaction of
    the withdrawal, as the system.
    """

    purpose: str
    told: Callable[[Person], list[str]]
    ends: Callable[..., None]


@cache
def depending() -> tuple[Depends, ...]:
    """What the installed modules declare, the highest module first."""
    return tuple(one for file in each("consents").values() for one in file.DEPENDS)


@dataclass(frozen=True)
class Signer:
    """Somebody who has to sign, or has. `guardian` None is the person; `unnamed`: has to, and is not written down.

    `answer`: their last, None where there is none. `counts`: whether they have to sign today.
    """

    guardian: Guardian | None
    unnamed: bool = False
    answer: Consent | None = None
    counts: bool = True


@dataclass(frozen=True)
class Agreement:
    """One purpose for one person: what all answers come to, who answered and who has not yet."""

    text: ConsentText
    state: ConsentState
    signers: list[Signer]
    earlier: list[Consent]

    @property
    def words(self) -> str:
        """The state, for its pill."""
        return str(STATES[self.state])

    @property
    def tone(self) -> str:
        """Of the pill: that parents differ is no alarm."""
        return TONES.get(self.state, "bad")


def agreements_of(person: Person) -> list[Agreement]:
    """Every purpose of which somebody was asked, by its name. `person` as `person_page` reads it; one query."""
    answers = sorted(person.consents.all(), key=lambda one: (one.text.purpose, one.given_on, one.pk))
    if not answers:
        return []
    today, asked = timezone.localdate(), _asked(person, timezone.localdate())
    groups = [(purpose, list(mine)) for purpose, mine in groupby(answers, key=lambda one: one.text.purpose)]
    found = [_agreement(person, mine, asked.get(purpose, []), today) for purpose, mine in groups]
    return sorted(found, key=lambda one: str(one.text))


def state_on(person: Person, purpose: str, day: date | None = None) -> ConsentState:
    """What the answers about this purpose come to, by the rules and on the age of a day; today by itself.

    Only GIVEN lets do anything. WAITING also where nobody was asked. Answers that stand now count. Three queries.
    """
    return _state(person, purpose, day or timezone.localdate())


def _state(person: Person, purpose: str, day: date, without: Consent | None = None) -> ConsentState:
    """`without`: an answer that is thought away."""
    answers = person.consents.filter(text__purpose=purpose).exclude(pk__in=[without.pk] if without else [])
    seats = _seats(person, _asked(person, day).get(purpose, []), day)
    return state_of(seats, map(_said, answers.order_by("given_on", "pk")))


def differing(people: Sequence[Person]) -> list[tuple[Person, list[ConsentText]]]:
    """Of these people, those of whom one signer agrees and another does not today, and to what.

    One query where nobody has said no; four for each no.
    """
    noes = Consent.objects.filter(person__in=people, agrees=False, withdrawn_on=None).select_related("text")
    by_person = {person.pk: dict[str, ConsentText]() for person in people}
    for no in noes.order_by("text__purpose", "text__version"):
        by_person[no.person_id][no.text.purpose] = no.text
    found = [
        (person, [text for purpose, text in by_person[person.pk].items() if _differ(person, purpose)])
        for person in people
    ]
    return [(person, texts) for person, texts in found if texts]


def _differ(person: Person, purpose: str) -> bool:
    return state_on(person, purpose) == ConsentState.CONFLICTING


def standing(person: Person, purpose: str) -> QuerySet[Consent]:
    """Every yes about this purpose that nobody took back."""
    return person.consents.filter(text__purpose=purpose, agrees=True, withdrawn_on=None)


def relied_on(person: Person, purpose: str) -> bool:
    """Whether the consent was given, and nothing that rests on it has ended since. It need not be given any more."""
    return standing(person, purpose).filter(relied_on=True).exists()


def follows(person: Person, consent: Consent) -> list[str]:
    """What ends when this answer is taken back, in sentences; nothing where nothing rests on it, or it stays given."""
    purpose, today = consent.text.purpose, timezone.localdate()
    given = _state(person, purpose, today) == ConsentState.GIVEN
    relied = consent.stands and relied_on(person, purpose)
    if not (given or relied) or _state(person, purpose, today, consent) == ConsentState.GIVEN:
        return []
    return [sentence for one in depending() if one.purpose == purpose for sentence in one.told(person)]


def may_sign(person: Person) -> list[Guardian]:
    """Who signs for the person today."""
    return [one for one in person.guardians.order_by("pk") if one.holds_on(timezone.localdate())]


def is_minor(person: Person, day: date) -> bool:
    """Whether somebody may be under 18 on a day; of an unknown birth they are taken for grown up."""
    return bool(person.birth_to) and age_on(day, person.birth_to) < GROWN_UP


def _asked(person: Person, day: date) -> dict[str, list[Asked]]:
    rows = signers_on(person.organisation_id, day)
    return {
        purpose: [Asked(row.signers, row.age_from, row.age_to) for row in mine]
        for purpose, mine in groupby(rows, key=lambda row: row.purpose)
    }


def _seats(person: Person, asked: Iterable[Asked], day: date) -> list[Seat]:
    """Who is surely grown up is: of a birth known in part the latest day counts."""
    age = age_on(day, person.birth_to) if person.birth_to else None
    return seats_of(asked, age, [one.pk for one in person.guardians.all() if one.holds_on(day)])


def _said(consent: Consent) -> Answer:
    return Answer(consent.guardian_id or PERSON, consent.agrees, consent.withdrawn_on is not None)


def _agreement(person: Person, answers: list[Consent], asked: list[Asked], day: date) -> Agreement:
    """`answers`: of one purpose, the oldest first."""
    seats = _seats(person, asked, day)
    last = {one.guardian_id or PERSON: one for one in answers}
    signers = [*_required(person, seats, last), *_others(person, seats, last)]
    shown = {one.answer.pk for one in signers if one.answer}
    earlier = [one for one in reversed(answers) if one.pk not in shown]
    return Agreement(answers[-1].text, state_of(seats, map(_said, answers)), signers, earlier)


def _required(person: Person, seats: list[Seat], last: dict[int, Consent]) -> Iterator[Signer]:
    guardians = {one.pk: one for one in person.guardians.all()}
    for seat in seats:
        yield Signer(guardians.get(seat.who), seat.who == NOBODY, last.get(seat.who))


def _others(person: Person, seats: list[Seat], last: dict[int, Consent]) -> Iterator[Signer]:
    """Who answered and need not, or need not any more."""
    guardians = {one.pk: one for one in person.guardians.all()}
    for who, answer in last.items():
        if who not in {seat.who for seat in seats}:
            yield Signer(guardians.get(who), answer=answer, counts=False)
