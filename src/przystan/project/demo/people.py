"""Registers the synthetic people, household by household, in the order in which they came."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from przystan.people.models import Household, HouseholdMember, Person, PersonName, Relation
from przystan.project.demo import chance
from przystan.project.demo.centre import Centre, Desk
from przystan.project.demo.chance import Weighted
from przystan.project.demo.copying import Loader
from przystan.project.demo.households import Member, compose
from przystan.project.demo.names import FullName, Spelling, another_spelling
from przystan.project.demo.origins import INVASION, ORIGINS, origins_on
from przystan.project.demo.person_facts import Facts, Situation
from przystan.project.demo.spelling import folded, keys, script

_KINDS = {"passport": "document", "native": "native", "known_as": "known_as"}
_EU = frozenset(["RO", "ES", "FR"])
_BREXIT = date(2020, 2, 1)


@dataclass(slots=True, frozen=True)
class Client:
    """What the ledger needs to know of a person."""

    id: int
    ref: str
    household: int | None
    desk: Desk
    born: date
    since: date
    way: str
    languages: tuple[str, ...]  # the first language first
    name: FullName


@dataclass(frozen=True)
class Twin:
    """Two records of one person: the first id is the older record's."""

    first: int
    second: int
    texts: tuple[str, str]


class Register:
    """People of one centre. `arrive` adds the next household; `clients` holds everybody so far."""

    def __init__(self, rng: Random, loader: Loader, centre: Centre, today: date) -> None:
        self.rng, self.centre = rng, centre
        self.clients: list[Client] = []
        self.twins: list[Twin] = []
        self.siblings: list[Twin] = []
        fields = "ref organisation_id point_id centre_reference sex birth arrived created_at created_by_id"
        self._person = loader.table(Person, fields)
        self._name = loader.table(PersonName, "person_id kind text given family script position folded keys")
        self._household = loader.table(Household, "ref organisation_id")
        self._member = loader.table(HouseholdMember, "household_id person_id role valid_from")
        self._relation = loader.table(Relation, "person_id other_id kind")
        self._facts = Facts(rng, loader, today)

    def arrive(self, day: date, at_most: int) -> Client:
        """Register the household that comes on a day, at most so many of it; returns its head."""
        situation = self._situation(day)
        members = compose(self.rng, situation.language, situation.country, day)[:at_most]
        household = self._household(chance.ref(self.rng), self.centre.id) if len(members) > 1 else None
        clients = [self._register(situation, member, household) for member in members]
        self._relate(members, clients)
        self.clients += clients
        return clients[0]

    def arrive_again(self, day: date) -> Client:
        """Register somebody known as if unknown: another spelling, a duplicate that waits to be found."""
        known = self.rng.choice(self.clients)
        birth = chance.partial(self.rng, known.born, month=0.1, year=0.3, unknown=0.1)
        situation = self._situation(day)
        number, ref = self._person_row(situation, known.name.female, birth, "")
        other = another_spelling(self.rng, known.name)
        self._name_row(number, other, 0)
        self._facts.write_languages(number, known.languages)
        self.twins.append(Twin(known.id, number, (known.name.spellings[0].text, other.text)))
        twin = Client(number, ref, None, situation.desk, known.born, day, known.way, known.languages, known.name)
        self.clients.append(twin)
        return twin

    def _situation(self, day: date) -> Situation:
        rng = self.rng
        origin = ORIGINS[origins_on(day).pick(rng)]
        country = origin.countries.pick(rng)
        way = origin.ways.pick(rng)
        if country in _EU or (country == "GB" and day < _BREXIT):
            way = "eu"
        desks = [desk for desk in self.centre.desks if desk.opened <= day] or self.centre.desks[:1]
        desk = Weighted([(desk, desk.share) for desk in desks]).pick(rng)
        arrived = self._arrival(day, country)
        return Situation(origin, country, way, arrived, day, desk, rng.choice(_front(desk)))

    def _arrival(self, day: date, country: str) -> date:
        rng = self.rng
        if country == "UA" and day >= INVASION:
            if rng.random() < 0.85:
                return max(INVASION, day - timedelta(rng.expovariate(1 / 200)))
            return INVASION - timedelta(rng.randint(30, 2500))
        return day - timedelta(rng.expovariate(1 / 420))

    def _register(self, situation: Situation, member: Member, household: int | None) -> Client:
        birth = chance.partial(self.rng, member.born, month=0.04, year=0.11, unknown=0.05)
        arrived = max(situation.arrived, member.born)
        told = chance.partial(self.rng, arrived, month=0.22, year=0.16, unknown=0.12)
        number, ref = self._person_row(situation, member.female, birth, "" if situation.way == "host" else told)
        for position, form in enumerate(self._forms(member.name)):
            self._name_row(number, form, position)
        if household:
            self._member(household, number, member.role, situation.since)
        languages = self._facts.write(number, situation, member, arrived)
        return Client(
            number,
            ref,
            household,
            situation.desk,
            member.born,
            situation.since,
            situation.way,
            languages,
            member.name,
        )

    def _person_row(self, situation: Situation, female: bool, birth: str, arrived: str) -> tuple[int, str]:
        """Id and reference."""
        rng, day = self.rng, situation.since
        count = len(self.clients) + 1
        sex = ("female" if female else "male") if rng.random() < 0.985 else "unknown"
        own = f"{situation.desk.code[:2].upper()}/{day.year}/{count}" if rng.random() < 0.5 else ""
        at = f"{day}T{rng.randint(9, 16):02}:{rng.randint(0, 59):02}:00+00"
        ref = chance.ref(rng)
        number = self._person(ref, self.centre.id, situation.desk.id, own, sex, birth, arrived, at, situation.by)
        return number, ref

    def _forms(self, name: FullName) -> tuple[Spelling, ...]:
        """Some come without a document: then only the other spellings are known."""
        forms = name.spellings
        return forms[1:] if len(forms) > 1 and self.rng.random() < 0.06 else forms

    def _name_row(self, person: int, form: Spelling, position: int) -> None:
        text = form.text
        kind = _KINDS.get(form.kind, "other")
        given = f"{form.given} {form.middle}" if form.middle else form.given
        self._name(person, kind, text, given, form.family, script(text), position, folded(text), keys(text))

    def _relate(self, members: list[Member], clients: list[Client]) -> None:
        parents = [c for m, c in zip(members, clients, strict=True) if m.role in ("head", "partner")]
        if len(parents) == 2:
            self._relation(parents[0].id, parents[1].id, "partner")
        for member, client in zip(members, clients, strict=True):
            if member.role == "child":
                for parent in parents:
                    self._relation(parent.id, client.id, "parent")
            elif member.role == "relative":
                older = (clients[0].born - client.born).days > 16 * 365
                self._relation(client.id, clients[0].id, "parent" if older else "sibling")
                if not older:
                    self.siblings.append(_pair(clients[0], client))


def _pair(one: Client, other: Client) -> Twin:
    return Twin(one.id, other.id, (one.name.spellings[0].text, other.name.spellings[0].text))


def _front(desk: Desk) -> list[int]:
    """Accounts that register newcomers at a desk."""
    return desk.staff.get("adviser", []) + desk.staff.get("reception", [])
