"""Points on a map that is drawn here: places are right, near ones are one mark, the list says the same."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from przystan.access.actors import Actor
from przystan.institutions import queries
from przystan.institutions.rules.mapping import EDGE, HEIGHT, NEAR, WIDTH, Spot, draw
from przystan.institutions.rules.newcomer import Place
from przystan.team.models import Organisation
from tests.institutions.making import institution

GDANSK, GDYNIA, TCZEW = Spot(1, 54.352, 18.646), Spot(2, 54.519, 18.531), Spot(3, 54.092, 18.777)


def test_north_is_up_and_west_is_left() -> None:
    drawing = draw([GDANSK, GDYNIA, TCZEW])
    assert drawing
    assert [mark.keys for mark in drawing.marks] == [[2], [1], [3]], "from north to south"
    assert [mark.x for mark in drawing.marks] == sorted(mark.x for mark in drawing.marks)
    assert all(EDGE <= mark.x <= WIDTH - EDGE and EDGE <= mark.y <= HEIGHT - EDGE for mark in drawing.marks)
    assert drawing.marks[0].y == EDGE
    assert drawing.marks[-1].y == HEIGHT - EDGE


def test_the_scale_is_right() -> None:
    """Gdańsk and Gdynia are 20 km apart as the crow flies."""
    drawing = draw([GDANSK, GDYNIA])
    assert drawing
    one, other = drawing.marks
    pixels = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
    kilometres = pixels / drawing.scale_length * drawing.scale_km
    assert 19 < kilometres < 21
    assert drawing.scale_km == 5


def test_one_point_stands_in_the_middle() -> None:
    drawing = draw([GDANSK])
    assert drawing
    assert (drawing.marks[0].x, drawing.marks[0].y) == (WIDTH / 2, HEIGHT / 2)


@pytest.mark.parametrize("spots", [[Spot(1, 90, 0), Spot(2, -90, 0)], [Spot(1, 0, -180), Spot(2, 0, 180)]])
def test_the_ends_of_the_world_are_on_the_picture(spots: list[Spot]) -> None:
    drawing = draw(spots)
    assert drawing
    assert all(0 <= mark.x <= WIDTH and 0 <= mark.y <= HEIGHT for mark in drawing.marks)


def test_what_cannot_be_told_apart_is_one_mark() -> None:
    neighbour = Spot(4, GDANSK.latitude + 0.0001, GDANSK.longitude)
    drawing = draw([GDANSK, neighbour, GDANSK, TCZEW])
    assert drawing
    assert [sorted(mark.keys) for mark in drawing.marks] == [[1, 4], [3]]
    assert drawing.marks[0].count == 2
    one, other = drawing.marks
    assert (one.x - other.x) ** 2 + (one.y - other.y) ** 2 >= NEAR**2


def test_nothing_is_no_picture() -> None:
    assert draw([]) is None


@pytest.fixture
def three(house: Organisation) -> None:
    institution(house, "Urząd", places=(Place("Gdańsk", latitude=Decimal("54.352"), longitude=Decimal("18.646")),))
    clinic = (Place("Tczew", latitude=Decimal("54.092"), longitude=Decimal("18.777")),)
    institution(house, "Przychodnia", kind="clinic", places=clinic)
    institution(house, "Nie wiadomo gdzie", places=(Place("Gdynia"),))


@pytest.mark.django_db
def test_the_picture_and_its_list_say_the_same(three: None, page: Client, adviser: Actor) -> None:
    found = queries.on_map(queries.institutions(adviser))
    assert [(place.number, [one.name for one in place.institutions]) for place in found.places] == [
        (1, ["Urząd"]),
        (2, ["Przychodnia"]),
    ]
    assert found.missing == 1
    text = page.get(reverse("institutions:map")).text
    assert text.count('class="map-mark"') == text.count('<li id="place-') == 2
    assert "1 institution has no coordinates" in text
    assert "http" not in text.partition('<figure class="map">')[2].partition("</figure>")[0], "nobody else is asked"


@pytest.mark.django_db
def test_the_map_is_narrowed_as_the_list_is(three: None, page: Client) -> None:
    text = page.get(reverse("institutions:map"), {"kind": "clinic"}).text
    assert "Przychodnia" in text
    assert text.count('class="map-mark"') == 1


@pytest.mark.django_db
def test_an_empty_map_says_what_to_do(page: Client) -> None:
    assert "Nothing to show on a map" in page.get(reverse("institutions:map")).text
