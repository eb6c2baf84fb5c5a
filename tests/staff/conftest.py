"""A centre of two points, with who leads, who interprets, and who has nothing to do with it."""

from dataclasses import dataclass

import pytest
from django.test import Client

from przystan.access.actors import Actor
from przystan.access.models import User
from przystan.staff.models import Worker
from przystan.team.models import Point
from przystan.team.queries import actor_for
from tests import factories
from tests.staff import making


@dataclass
class House:
    """`hasan` interprets here, with an account; `users` by what they are."""

    here: Point
    there: Point
    users: dict[str, User]
    hasan: Worker

    def actor(self, who: str) -> Actor:
        found = actor_for(self.users[who])
        assert found
        return found

    def client(self, who: str) -> Client:
        found = Client(headers={"accept-language": "en"})
        found.force_login(self.users[who])
        return found


@pytest.fixture
def house() -> House:
    return built()


def built() -> House:
    centre, other = factories.organisation(), factories.organisation("Other")
    here, there = factories.point(centre, "Here"), factories.point(centre, "There")
    users = {
        "lead": factories.user(centre, "coordinator", here, "Julia Lead"),
        "lead there": factories.user(centre, "coordinator", there),
        "lead of all": factories.user(centre, "coordinator"),
        "second of all": factories.user(centre, "coordinator", None, "Maria Second"),
        "adviser": factories.user(centre, "adviser", here, "Olena Adviser"),
        "adviser there": factories.user(centre, "adviser", there),
        "interpreter": factories.user(centre, "interpreter", here, "Hasan Rahimi"),
        "other interpreter": factories.user(centre, "interpreter", here),
        "volunteer": factories.user(centre, "volunteer", here),
        "administrator": factories.user(centre, "administrator"),
        "stranger": factories.user(other, "coordinator"),
    }
    hasan = making.worker(here, user=users["interpreter"])
    return House(here, there, users, hasan)
