"""Registering somebody new: a name is enough, everything else may be unknown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.saving import save
from przystan.kernel.phones import digits_of
from przystan.kernel.refs import new_ref
from przystan.reference.models import Place, ResidenceTitle
from przystan.team.models import Point

from ..enums import ChannelKind, LanguageLevel, NameKind, Safety, Sex, TeamSource
from ..models import Channel, Citizenship, Dwelling, Person, PersonLanguage, PersonName, TitleHeld
from ..queries.candidates import Candidate
from ..rights import PEOPLE_WRITE
from ..rules.same_person import Described
from .contacts import number
from .names import spell
from .pairs import suspect
from .teams import KEPT, Admission, admit

Fact = PersonName | Citizenship | TitleHeld | Dwelling | Channel | PersonLanguage


@dataclass(frozen=True)
class NewName:
    """One name form; `given` and `family` only where the person has such parts."""

    text: str
    kind: str = NameKind.NOT_ASKED
    given: str = ""
    family: str = ""


@dataclass(frozen=True)
class NewTitle:
    """A title to stay and until when."""

    title: ResidenceTitle
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Newcomer:
    """What is known of a new person. Dates known in part are texts: "1987", "1987-05", "1987-05-03".

    `ref` is the reference the form was given: sending the same form twice registers one person. `language`: the one
    to speak with them, `language_level` how well they speak it; `needs_interpreter` None: nobody has asked.
    """

    names: Sequence[NewName]
    point: Point
    ref: str = field(default_factory=new_ref)
    sex: str = Sex.UNKNOWN
    birth: str = ""
    arrived: str = ""
    centre_reference: str = ""
    citizenships: Sequence[str] = ()
    title: NewTitle | None = None
    place: Place | None = None
    phone: str = ""
    phone_safety: str = Safety.NOT_ASKED
    other_phones: Sequence[str] = ()
    phone_words: Mapping[str, str] = field(default_factory=dict)  # number -> who else uses it
    emails: Sequence[str] = ()
    language: str = ""
    language_level: str = LanguageLevel.NOT_ASKED
    other_languages: Sequence[str] = ()
    needs_interpreter: bool | None = None


@transaction.atomic
def register(*, by: Actor, newcomer: Newcomer, despite: Sequence[Candidate] = ()) -> Person:
    """Register a person and return them; the same `newcomer.ref` again returns who was registered the first time.

    `despite`: people who were shown as possibly the same; the pairs go to the coordinators' queue.
    ValidationError in words when there is no name or a value cannot be.
    """
    by.require(PEOPLE_WRITE)
    before = Person.objects.seen_by(by).filter(ref=newcomer.ref).first()
    if before:
        return before
    if not any(name.text.strip() for name in newcomer.names):
        raise ValidationError(_("Write at least one name."))
    if newcomer.point.organisation_id != by.organisation_id:
        raise ValidationError(_("Choose a point of your own centre."))
    person = unsaved(by, newcomer)
    save(person)
    _begin_team(by, person)
    for row in facts_of(person, newcomer):
        save(_confirmed(row))
    for candidate in despite:
        suspect(by=by, one=person, other=candidate.person, score=candidate.score, reasons=candidate.codes)
    audit.record(by, "person.register", person, _known(newcomer))
    return person


def described(newcomer: Newcomer) -> Described:
    """What is known of a newcomer, as the rule of `same_person` reads it."""
    phones = (digits_of(phone) for phone in (newcomer.phone, *newcomer.other_phones))
    return Described(
        tuple(name.text for name in newcomer.names if name.text.strip()),
        newcomer.birth,
        tuple(filter(None, phones)),
        tuple(newcomer.emails),
        newcomer.centre_reference,
        newcomer.sex,
    )


def _confirmed(row: Fact) -> Fact:
    """What the person says of a number today needs no asking again tomorrow; an imported one does."""
    if isinstance(row, Channel) and row.safety != Safety.NOT_ASKED:
        row.confirmed_on = timezone.localdate()
    return row


def _begin_team(by: Actor, person: Person) -> None:
    """Let whoever registers somebody work with them: before the facts, which only the team may write."""
    if by.user_id:
        until = timezone.now() + KEPT
        admit(by=by, admissions=[Admission(person.ref, by.user_id, until)], source=TeamSource.REGISTERED)


def unsaved(by: Actor, newcomer: Newcomer) -> Person:
    """The person, without anything that has a table of its own."""
    return Person(
        ref=newcomer.ref,
        organisation_id=by.organisation_id,
        point=newcomer.point,
        sex=newcomer.sex,
        birth=newcomer.birth,
        arrived=newcomer.arrived,
        centre_reference=newcomer.centre_reference.strip(),
        created_by_id=by.user_id,
    )


def facts_of(person: Person, new: Newcomer) -> list[Fact]:
    """Everything else that is known of a newcomer, as rows to be saved."""
    rows: list[Fact] = [
        spell(PersonName(person=person, position=place, **vars(name)))
        for place, name in enumerate(name for name in new.names if name.text.strip())
    ]
    rows += [Citizenship(person=person, country=country) for country in new.citizenships]
    if new.title:
        rows.append(TitleHeld(person=person, **vars(new.title)))
    if new.place:
        rows.append(Dwelling(person=person, place=new.place))
    if new.phone.strip():
        rows.append(_phone(person, new, new.phone, new.phone_safety))
    rows += [_phone(person, new, phone) for phone in new.other_phones]
    rows += [number(Channel(person=person, kind=ChannelKind.EMAIL, value=email)) for email in new.emails]
    rows += [PersonLanguage(person=person, language=code) for code in new.other_languages]
    if new.language:
        rows.append(
            PersonLanguage(
                person=person,
                language=new.language,
                level=new.language_level,
                needs_interpreter=new.needs_interpreter,
            )
        )
    return rows


def _phone(person: Person, new: Newcomer, value: str, safety: str = Safety.NOT_ASKED) -> Channel:
    words = new.phone_words.get(value, "")
    return number(Channel(person=person, kind=ChannelKind.PHONE, value=value, safety=safety, shared_with=words))


def _known(new: Newcomer) -> list[str]:
    return [name for name, value in vars(new).items() if value and name not in ("ref", "point", "language_level")]
