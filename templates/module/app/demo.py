"""Sample in a demo centre."""

from datetime import timedelta

from przystan.access.scene import Scene
from przystan.access.scope import acting
from przystan.people.models import Person
from przystan.people.policies import sensitive
from przystan.team.queries import actor_for

from . import actions

SHOWN = 12


def fill(scene: Scene) -> None:
    """The adviser writes a row about each of those who came last to their own point; some still wait on Today."""
    adviser = actor_for(scene.users["adviser"])
    assert adviser, "the demo has one"
    with acting(adviser) as by:
        for person in Person.objects.open_to(by).current().filter(restricted_on=None).order_by("-id")[:SHOWN]:
            day = scene.today - timedelta(days=scene.rng.randint(0, 60))
            reason = "As in life" if sensitive(by, person).allowed else ""
            item = actions.add_item(by=by, person=person, day=day, title="Demo", reason=reason)
            if scene.rng.random() < 0.5:
                actions.finish_item(by=by, item=item)
