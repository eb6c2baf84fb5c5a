"""Random centres, and by hand what each account may know in them: an oracle that asks nothing of the product."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from random import Random

from django.utils import timezone

from przystan.access.models import User
from przystan.people.models import Citizenship, Exclusion, Person, Relation, TeamMember
from przystan.support.models import Support
from przystan.team.models import Membership, Organisation, Point
from tests import factories

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
POINTS = {"a": "own", "b": "own", "c": "own", "z": "other"}  # whose they are


class Level(IntEnum):
    """What somebody may know of a person, each with what stands before it."""

    NOTHING, NAME, PAGE, ALL = range(4)


@dataclass(frozen=True)
class Post:
    """An account: role and point of each membership (None: everywhere); where it therefore works and leads."""

    roles: tuple[tuple[str, str | None], ...]
    works: str
    leads: str = ""
    of: str = "own"
    reads_people: bool = True
    keys: bool = False  # may hold a key to what is secret


STAFF = {
    "adviser": Post((("adviser", "a"),), "a"),
    "reception": Post((("reception", "b"),), "b"),
    "lawyer": Post((("lawyer", None),), "abc", keys=True),
    "case_manager": Post((("case_manager", "a"), ("case_manager", "c")), "ac", keys=True),
    "coordinator": Post((("coordinator", None),), "abc", "abc"),
    "coordinator_b": Post((("coordinator", "b"),), "b", "b"),
    "both": Post((("adviser", "a"), ("coordinator", "b")), "ab", "b"),
    "grant_officer": Post((("grant_officer", None),), "abc"),
    "director": Post((("director", None),), "abc", reads_people=False),
    "alien": Post((("coordinator", None),), "z", "z", of="other"),
}


@dataclass
class World:
    """`team` and `excluded`: pairs of a person's number and an account's name, as they hold now."""

    random: Random
    points: dict[str, Point] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    at: dict[int, str] = field(default_factory=dict)
    team: set[tuple[int, str]] = field(default_factory=set)
    excluded: set[tuple[int, str]] = field(default_factory=set)
    entries: dict[int, tuple[Support, str, str, tuple[int, ...]]] = field(default_factory=dict)

    def own(self, who: str) -> set[int]:
        """People of the account's organisation."""
        return {pk for pk, at in self.at.items() if POINTS[at] == STAFF[who].of}

    def level(self, pk: int, who: str) -> Level:
        """What this account may know of this person."""
        person, post = self.people[pk], STAFF[who]
        if pk not in self.own(who) or (pk, who) in self.excluded or person.erased_at:
            return Level.NOTHING
        if (pk, who) in self.team and (post.keys or not person.protected):
            return Level.ALL
        if person.protected:
            return Level.NOTHING
        if self.at[pk] in post.leads:
            return Level.ALL
        return Level.PAGE if self.at[pk] in post.works else Level.NAME

    def known(self, who: str, least: Level) -> set[int]:
        return {pk for pk in self.people if self.level(pk, who) >= least}

    def hidden(self, entry: int) -> bool:
        """Whether a support is about protected people and nobody else."""
        support, _at, _staff, people = self.entries[entry]
        return bool(people) and all(self.people[pk].protected for pk in people) and support.headcount == len(people)

    def own_entries(self, who: str) -> set[int]:
        return {pk for pk, (_, at, *_rest) in self.entries.items() if POINTS[at] == STAFF[who].of}

    def may_know(self, entry: int, who: str) -> bool:
        """Of a support, wherever it was given: nothing protected but for the team, nothing of who is kept from them.

        That a protected person was in a group nobody outside of the team learns, also not who is kept from them.
        """
        people = self.entries[entry][3]
        there = {pk for pk in people if not self.people[pk].protected or (pk, who) in self.team}
        if entry not in self.own_entries(who) or any((pk, who) in self.excluded for pk in there):
            return False
        mine = any(self.people[pk].protected and self.level(pk, who) == Level.ALL for pk in people)
        return mine or not self.hidden(entry)


def build(seed: int, size: int = 25) -> World:
    world = World(Random(seed))
    centres = {"own": factories.organisation(), "other": factories.organisation()}
    world.points = {name: factories.point(centres[of], name) for name, of in POINTS.items()}
    for name, post in STAFF.items():
        world.users[name] = _account(centres[post.of], name, post, world.points)
    for _ in range(size):
        _person(world)
    for pk in world.people:
        _facts(world, pk)
    service = factories.service()
    for _ in range(size):
        at = world.random.choice(list(POINTS))
        staff = world.random.choice([name for name, post in STAFF.items() if post.of == POINTS[at]])
        near = [pk for pk in world.people if POINTS[world.at[pk]] == POINTS[at]]
        people = tuple(world.random.sample(near, world.random.choice([0, 1, 1, 1, 2, 3])))
        more = world.random.choice([0, 0, 2]) if people else 1
        entry = factories.support(
            *(world.points[at], service, *(world.people[pk] for pk in people)),
            staff=world.users[staff], headcount=len(people) + more,
        )  # fmt: skip
        world.entries[entry.pk] = entry, at, staff, people
    return world


def _account(of: Organisation, name: str, post: Post, points: dict[str, Point]) -> User:
    (role, at), *others = post.roles
    user = factories.user(of, role, points.get(at or ""), name)
    for role, at in others:
        Membership.objects.create(user=user, organisation=of, role=role, point=points.get(at or ""))
    return user


def _person(world: World) -> None:
    random, at = world.random, world.random.choice("aaabbbccz")
    erased = timezone.now() if random.random() < 0.05 else None
    made = factories.person(world.points[at], protected=random.random() < 0.3, erased_at=erased)
    world.people[made.pk], world.at[made.pk] = made, at
    for name, post in STAFF.items():
        if post.of == POINTS[at]:
            _member(world, made, name)
            if random.random() < 0.15:
                Exclusion.objects.create(person=made, user=world.users[name])
                world.excluded.add((made.pk, name))


def _member(world: World, person: Person, name: str) -> None:
    """In the team: not at all, for ever, for a while, not any more, or not yet; or twice, differently."""
    now, month = timezone.now(), timedelta(days=30)
    times = [(LONG_AGO, None), (LONG_AGO, now + month), (LONG_AGO, now - month), (now + month, None)]
    for source in ("named", "support"):
        if world.random.random() < 0.2:
            starts, ends = world.random.choice(times)
            values = {"source": source, "starts_at": starts, "ends_at": ends}
            TeamMember.objects.create(person=person, user=world.users[name], **values)
            if starts < now and (ends is None or ends > now):
                world.team.add((person.pk, name))


def _facts(world: World, pk: int) -> None:
    """One of each kind of sensitive fact."""
    person = world.people[pk]
    Citizenship.objects.create(person=person, country="UA")
    factories.household(person)
    other = world.random.choice([other for other in world.people if other != pk])
    Relation.objects.create(person=person, other_id=other, kind="other")
