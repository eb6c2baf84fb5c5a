"""A centre in which every text about somebody is a word that stands nowhere else: a canary."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from django.utils import timezone

from przystan.access.models import User
from przystan.access.tiers import Tier
from przystan.casework.enums import CaseKind, MemberRole
from przystan.casework.models import CaseFile, CaseMember, Note, NoteVersion
from przystan.people.models import Channel, Citizenship, Exclusion, Person, TeamMember, TitleHeld
from przystan.reference.models import ResidenceTitle
from przystan.support.models import Support
from przystan.team.models import Organisation, Point
from tests import factories

_numbers = count(1)
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu wa ze bi co du".split()


def word(start: str) -> str:
    """A made-up word, of letters only, so that search and sorting treat it like a name."""
    number, parts = next(_numbers), []
    for _ in range(4):
        number, digit = divmod(number * 7 + 3, len(SYLLABLES))
        parts.append(SYLLABLES[digit])
    return f"{start}{''.join(parts)}q{next(_numbers)}x".capitalize()


@dataclass(frozen=True)
class Canary:
    """A word, how sensitive it is, whose it is, and the reference of the row that an audit entry names."""

    word: str
    tier: Tier
    of: str  # name of the person in the world
    what: str
    ref: str


@dataclass
class World:
    """Two organisations; six people who differ in what an adviser of point A is to them."""

    people: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    supports: list[Support] = field(default_factory=list)
    cases: list[CaseFile] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    refs: dict[str, list[str]] = field(default_factory=dict)  # module -> references of other rows it speaks of
    canaries: list[Canary] = field(default_factory=list)

    def canary(self, tier: Tier, of: str, what: str, ref: str) -> str:
        made = Canary(word(what), tier, of, what, ref)
        self.canaries.append(made)
        return made.word


ROLES_AT_A = ["adviser", "reception", "interpreter"]
ROLES_EVERYWHERE = [
    *("coordinator", "lawyer", "case_manager", "director", "data_protection_officer"),
    *("administrator", "grant_officer", "auditor"),
]


def build() -> World:
    world = World()
    centre, partner = factories.organisation("Centre"), factories.organisation("Partner")
    a, b = factories.point(centre, "Apoint"), factories.point(centre, "Bpoint")
    _staff(world, centre, partner, a, b)
    for name, point in {
        "own": a, "same": a, "other": b, "alien": factories.point(partner, "Cpoint"), "hidden": a, "excluded": a,
    }.items():  # fmt: skip
        _person(world, name, point)
    _team(world)
    return world


def _staff(world: World, centre: Organisation, partner: Organisation, a: Point, b: Point) -> None:
    for role in ROLES_AT_A:
        world.users[role] = factories.user(centre, role, a)
    for role in ROLES_EVERYWHERE:
        world.users[role] = factories.user(centre, role)
    world.users["adviser_b"] = factories.user(centre, "adviser", b)
    world.users["coordinator_b"] = factories.user(centre, "coordinator", b)
    world.users["alien"] = factories.user(partner, "coordinator")


def _person(world: World, name: str, point: Point) -> None:
    person = factories.person(point, "Imię", birth="1987-05")
    world.people[name] = person
    person.names.update(text=world.canary(Tier.T1, name, "name", person.ref))
    for row in person.names.all():
        row.folded = row.text.lower()
        row.save()
    person.centre_reference = world.canary(Tier.T1, name, "reference", person.ref)
    person.save()
    Channel.objects.create(
        person=person,
        kind="email",
        value=f"{world.canary(Tier.T1, name, 'mail', person.ref)}@example.org",
        safety="neutral",
        shared_with=world.canary(Tier.T2, name, "shared", person.ref),
    )
    Citizenship.objects.create(person=person, country="UA")
    title, _ = ResidenceTitle.objects.get_or_create(
        code="visa-canary", defaults={"names": {"en": "Visa"}, "title_class": "visa"}
    )
    TitleHeld.objects.create(person=person, title=title, document=world.canary(Tier.T2, name, "document", person.ref))
    _support(world, name, person)
    _cases(world, name, person)


def _support(world: World, name: str, person: Person) -> None:
    service = factories.service("Advice")
    entry = factories.support(
        person.point,
        service,
        person,
        day=timezone.localdate() - timedelta(days=2),
        booked_on=timezone.localdate() - timedelta(days=2),
        next_step=world.canary(Tier.T1, name, "step", person.ref),
        next_step_on=timezone.localdate(),
    )
    world.supports.append(entry)
    came = factories.result(
        person.point,
        factories.result_kind(),
        person,
        day=timezone.localdate(),
        evidence=world.canary(Tier.T1, name, "evidence", person.ref),
    )
    world.refs.setdefault("desk", []).append(came.ref)


def _cases(world: World, name: str, person: Person) -> None:
    kinds = {CaseKind.SUPPORT: ("adviser", Tier.T2)} if name == "own" else {}
    for kind, (member, tier) in kinds.items():
        case = CaseFile(organisation=person.organisation, point=person.point, person=person, kind=kind)
        case.title = world.canary(tier, name, "case", case.ref)
        case.save()
        CaseMember.objects.create(case=case, user=world.users[member], role=MemberRole.LEAD)
        note = Note.objects.create(case=case, author=world.users[member], about=date(2026, 5, 1))
        text = world.canary(tier, name, "note", note.ref)
        NoteVersion.objects.create(note=note, number=1, text=text, by=world.users[member])
        world.cases.append(case)
        world.notes.append(note)


def _team(world: World) -> None:
    TeamMember.objects.create(person=world.people["own"], user=world.users["adviser"], source="named")
    TeamMember.objects.create(person=world.people["hidden"], user=world.users["case_manager"], source="named")
    Exclusion.objects.create(person=world.people["excluded"], user=world.users["adviser"])
