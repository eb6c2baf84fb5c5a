"""Two who change one result at once: see tests/harness/races.py."""

from przystan.access.actors import Actor
from przystan.results import actions
from przystan.results.models import Scale
from tests import factories
from tests.harness.races import Race, Work, by, holds, one_of_two
from tests.results.world import Centre


def two(centre: Centre) -> tuple[Actor, Actor]:
    return centre.coordinator, factories.actor(centre.organisation, "coordinator")


@holds("results.actions.amending.amend", "a result is amended as it was read")
def amended_twice() -> Race:
    centre = Centre()
    one, other = two(centre)
    result, reached = centre.note(), centre.reached(after="B1")
    return Race(
        by(one, lambda: actions.amend(by=one, result=result, reached=reached, version=result.version)),
        by(other, lambda: actions.amend(by=other, result=result, reached=reached, version=result.version)),
        one_of_two,
    )


@holds("results.actions.amending.remove", "a result is removed as it stands")
def removed_twice() -> Race:
    centre = Centre()
    one, other = two(centre)
    result = centre.note()
    return Race(
        by(one, lambda: actions.remove(by=one, results=[result])),
        by(other, lambda: actions.remove(by=other, results=[result])),
        lambda results: results == [1, 0],
    )


@holds("results.actions.catalogue.save_scale", "a level that somebody just added stays")
def a_scale_with_another_level_each() -> Race:
    centre = Centre()
    one, other = two(centre)
    scale = Scale.objects.create(code=f"scale-{centre.organisation.pk}", names={"en": "Levels"}, levels=["A1", "A2"])

    def adds(actor: Actor, level: str) -> Work:
        row = Scale.objects.get(pk=scale.pk)
        row.levels = [*row.levels, level]
        return by(actor, lambda: actions.save_scale(by=actor, scale=row, changed=["levels"]))

    return Race(adds(one, "B1"), adds(other, "C1"), one_of_two)
