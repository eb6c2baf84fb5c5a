"""What people of the demo have read about their data, and who was asked by a link and has not answered."""

from datetime import timedelta

from django.utils import timezone

from przystan.access.actors import bearer
from przystan.access.scene import Scene
from przystan.access.scope import acting
from przystan.links.actions import answer, make_due, note_opened, note_silence
from przystan.links.models import Link, Made
from przystan.links.rights import LINK_ANSWER
from przystan.people.models import Person
from przystan.team.queries import actor_for

from .actions.notices import ask_to_read
from .queries.notices import content

LANGUAGES = ("uk", "ru", "en", "uk", "pl", "uk")
READ, REMINDED, SILENT = 3, 4, 5  # how many have read it; which one is to be reminded, and which did not answer


def fill(scene: Scene) -> None:
    """Those who came last to where the adviser works were asked; half of them have read it."""
    actor = actor_for(scene.users["adviser"])
    assert actor
    with acting(actor):
        people = list(Person.objects.open_to(actor).current().filter(protected=False).order_by("-id")[: len(LANGUAGES)])
        made = [
            ask_to_read(by=actor, ref=person.ref, language=language)
            for person, language in zip(people, LANGUAGES, strict=False)
        ]
    for one in made[:READ]:
        _read(one)
    _since(made[REMINDED : REMINDED + 1], days=4)
    _since(made[SILENT : SILENT + 1], days=15)
    with acting(actor):
        make_due(by=actor, now=timezone.now())
        for one in made[SILENT : SILENT + 1]:
            note_silence(by=actor, link=one.link)


def _read(made: Made) -> None:
    link = made.link
    by = bearer(link.organisation_id, link.digest, frozenset({LINK_ANSWER}))
    with acting(by):
        note_opened(by=by, link=link)
        page = content(by, link)
        assert page
        answer(by=by, link=link, language=link.language, words={"shown": page["shown"]})


def _since(made: list[Made], *, days: int) -> None:
    """As if these had been sent some days ago."""
    for one in made:
        moved = {name: getattr(one.link, name) - timedelta(days=days) for name in ("made_at", "expires_at")}
        Link.objects.filter(pk=one.link.pk).update(**moved)
