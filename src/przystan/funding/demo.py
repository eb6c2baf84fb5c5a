"""What came of the support in a demo centre, and which of its programmes counts it."""

from collections.abc import Iterator
from datetime import timedelta

from przystan.access.actors import system
from przystan.access.scene import Scene
from przystan.ledger.models import Period
from przystan.people.models import Person
from przystan.results.enums import Of, Proof, Shape
from przystan.results.models import ResultKind
from przystan.results.rules import Reached
from przystan.team.models import Point

from .actions import note_results

EACH = 6  # one of so many people has reached something
MOST = 120


def fill(scene: Scene) -> None:
    """Results of some people, and of nobody: events, hours. All in the months that are still open."""
    note_results(by=system(scene.organisation_id, "demo"), reached=[*_of_people(scene), *_of_nobody(scene)])


def _of_people(scene: Scene) -> Iterator[Reached]:
    kinds = _kinds(Of.PERSON)
    ours = Person.objects.filter(organisation_id=scene.organisation_id, protected=False).current()
    for person in ours.order_by("id")[: EACH * MOST : EACH] if kinds else ():
        kind = scene.rng.choice(kinds[:1] * 3 + kinds)  # levels are what is noted most
        yield _reached(scene, kind, person.point_id, person.ref)


def _of_nobody(scene: Scene) -> Iterator[Reached]:
    points = Point.objects.filter(organisation_id=scene.organisation_id).order_by("id")
    for point in points:
        for kind in _kinds(Of.NOBODY):
            yield _reached(scene, kind, point.pk)


def _kinds(of: Of) -> list[ResultKind]:
    return list(ResultKind.objects.filter(of=of).select_related("scale").order_by("position", "id"))


def _reached(scene: Scene, kind: ResultKind, point: int, person: str = "") -> Reached:
    levels, rng = list(kind.shaped.levels), scene.rng
    at = rng.randint(0, len(levels) - 3) if levels else 0
    return Reached(
        kind_id=kind.pk,
        point_id=point,
        person=person,
        day=scene.today - timedelta(days=rng.randint(0, _open_days(scene))),
        before=levels[at] if levels else "",
        after=levels[at + 1] if levels else "",
        minutes=rng.choice([60, 90, 120, 240]) if kind.shape == Shape.MINUTES else 0,
        proof=rng.choice([Proof.DOCUMENT, Proof.TEST, Proof.LIST, Proof.SEEN]),
        evidence=f"segregator {rng.randint(1, 9)}",
    )


def _open_days(scene: Scene) -> int:
    """How many days ago the last closed period ended."""
    last = Period.objects.filter(organisation_id=scene.organisation_id).order_by("-ends").first()
    return max((scene.today - last.ends).days - 1, 0) if last else 60
