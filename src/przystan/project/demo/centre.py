"""The demo's organisations with points, office hours and staff."""

from dataclasses import dataclass, field
from datetime import date, time

from django.contrib.auth.hashers import make_password

from przystan.access.models import User
from przystan.project.demo.accounts import AT_POINTS, BY_ROLE, GIVING, PARTNER, Post
from przystan.reference.models import Place
from przystan.team.models import Membership, OfficeHours, Organisation, Point, StaffProfile

# Known to everybody on purpose: `przystan demo` prints it. Long enough for the password rules.
PASSWORD = "przystan-demo"  # noqa: S105
OPENED = date(2014, 4, 1)
NEW_POINTS = date(2019, 9, 1)  # opened by "Otwarte Pomorze"
MADE_UP = "godziny przykładowe (demo)"

# code, town, opened on, share of people since the new points opened, hours (weekday, opens, closes), note.
# Gdańsk's hours are the centre's own; those of the other points are made up, and say so.
POINTS = [
    ("gdansk", "gdansk", OPENED, 62, [(0, 12, 20), (1, 12, 18), (2, 12, 18), (3, 12, 18)], ""),
    ("kwidzyn", "kwidzyn", NEW_POINTS, 12, [(1, 10, 16), (3, 10, 16)], MADE_UP),
    ("tczew", "tczew", NEW_POINTS, 14, [(0, 11, 17), (2, 11, 17)], MADE_UP),
    ("pruszcz-gdanski", "pruszcz-gdanski", NEW_POINTS, 12, [(0, 14, 19), (4, 9, 14)], MADE_UP),
]
PARTNER_POINTS = [("partner", "gdynia", date(2021, 1, 1), 100, [(1, 9, 15), (3, 11, 17)], MADE_UP)]


@dataclass(frozen=True)
class Desk:
    """A point as the generator needs it: who gives support there, and which hours each weekday has."""

    id: int
    code: str
    place: int
    opened: date
    share: int
    hours: dict[int, tuple[int, int]]
    staff: dict[str, list[int]] = field(default_factory=dict)  # role -> accounts


@dataclass(frozen=True)
class Centre:
    """An organisation with its desks."""

    id: int
    desks: list[Desk]
    leaders: list[int]  # coordinators' accounts
    speaks: dict[int, frozenset[str]]  # account -> languages


def own_centre() -> Centre:
    """CWII with its four points and all its staff."""
    organisation = Organisation.objects.create(
        name="Centrum Wsparcia Imigrantów i Imigrantek", short_name="CWII", is_demo=True
    )
    return _fill(organisation, POINTS, [*BY_ROLE, *AT_POINTS])


def partner_centre() -> Centre:
    """A small invented organisation, so that "not ours" can be seen and tested."""
    organisation = Organisation.objects.create(
        name="Fundacja Dobry Brzeg (przykładowy partner)", short_name="Dobry Brzeg", is_demo=True
    )
    return _fill(organisation, PARTNER_POINTS, PARTNER)


def _fill(organisation: Organisation, points: list[tuple], posts: list[Post]) -> Centre:
    desks = [_desk(organisation, *row) for row in points]
    password = make_password(PASSWORD)  # one hash for all: argon2 is slow on purpose
    accounts = [_account(organisation, desks, post, password) for post in posts]
    for post, user in zip(posts, accounts, strict=True):
        for desk in desks:
            if post.role in GIVING and post.point in (None, desk.code):
                desk.staff.setdefault(post.role, []).append(user.pk)
    return Centre(
        id=organisation.pk,
        desks=desks,
        leaders=[user.pk for post, user in zip(posts, accounts, strict=True) if post.role == "coordinator"],
        speaks={user.pk: frozenset(post.languages) for post, user in zip(posts, accounts, strict=True)},
    )


def _desk(
    organisation: Organisation,
    code: str,
    town: str,
    opened: date,
    share: int,
    hours: list[tuple[int, int, int]],
    note: str,
) -> Desk:
    place = Place.objects.get(code=town)
    point = Point.objects.create(organisation=organisation, code=code, name=place.name, place=place, opened_on=opened)
    OfficeHours.objects.bulk_create(
        OfficeHours(point=point, weekday=day, opens=time(start), closes=time(end), note=note)
        for day, start, end in hours
    )
    return Desk(point.pk, code, place.pk, opened, share, {day: (start, end) for day, start, end in hours})


def _account(organisation: Organisation, desks: list[Desk], post: Post, password: str) -> User:
    desk = next((desk for desk in desks if desk.code == post.point), None)
    user = User.objects.create(username=post.login, full_name=post.name, password=password, language="pl")
    StaffProfile.objects.create(user=user, languages=list(post.languages), is_volunteer=post.volunteer)
    Membership.objects.create(
        user=user,
        organisation=organisation,
        point_id=desk.id if desk else None,
        role=post.role,
        valid_from=desk.opened if desk else OPENED,
    )
    return user
