"""A book that fills the ledger of a bench by COPY, past the product's own door: a million entries in minutes."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from bench.ledger_payers import allocate
from django.db import connection

from przystan.project.demo import chance
from przystan.project.demo.centre import Centre
from przystan.project.demo.copying import Loader
from przystan.project.demo.recording import Made
from przystan.support.models import Support, SupportPerson, SupportTopic

FIELDS = (
    "ref organisation_id point_id service_id staff_id kind sign day booked_on starts_at minutes headcount mode place"
    " language interpreter outcome next_step next_step_on next_step_done_at next_step_done_by_id gathering_id"
    " reverses_id form_token created_at created_by_id"
)
PLAIN = FIELDS.split()[9:19]  # as they stand in the entry
# Who works with whom, as `support.actions.record_all` would let them.
TEAMS = """
INSERT INTO people_teammember (person_id, user_id, source, starts_at, ends_at, by_id)
SELECT r.person_id, s.staff_id, 'support', min(s.day), max(s.day) + interval '365 days', s.staff_id
FROM support_support s JOIN support_supportperson r ON r.support_id = s.id
WHERE s.day > now() - interval '365 days' AND s.kind = 'full' AND s.sign = 1 AND s.organisation_id = %s
GROUP BY r.person_id, s.staff_id
"""


class Copied:
    """A book for `demo.build`."""

    def __init__(self, centre: Centre, loader: Loader) -> None:
        self.centre, self.rng = centre, Random(centre.id)
        self._support = loader.table(Support, FIELDS)
        self._person = loader.table(SupportPerson, "support_id person_id household_id")
        self._topic = loader.table(SupportTopic, "support_id topic_id minutes")

    def add(self, made: Made) -> None:
        one = made.entry
        done = one.day + timedelta(7) if made.done else None
        support = self._support(
            chance.ref(self.rng), self.centre.id, one.point_id, one.service_id, one.staff_id, one.kind, 1, one.day,
            one.day, *(getattr(one, name) for name in PLAIN), done, one.staff_id if done else None, one.gathering_id,
            None, None, f"{one.day}T15:00:30+00", one.staff_id,
        )  # fmt: skip
        for client in made.clients:
            self._person(support, client.id, client.household)
        for effort in one.efforts:
            self._topic(support, effort.topic_id, effort.minutes)

    def write(self, tick: Callable[[float], None]) -> int:
        paid = allocate(self.centre.id, tick)
        with connection.cursor() as cursor:
            cursor.execute(TEAMS, [self.centre.id])
            cursor.execute("ANALYZE funding_allocation, people_teammember")
        return paid
