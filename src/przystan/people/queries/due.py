"""People for whom something is due: a title to stay that ends, a consent nobody asked for."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from przystan.access import audit
from przystan.access.actors import Actor

from ..models import Consent, Person, TitleHeld
from ..models.person import PersonQuerySet

SOON, LATELY = timedelta(days=60), timedelta(days=30)  # papers for the next title take that long to gather
NEWLY = timedelta(days=90)


def titles_ending(actor: Actor, day: date) -> PersonQuerySet:
    """People whose last title to stay that is known ends soon or ended lately, each with that day as `ends`.

    Only those whose titles the actor may read. Whoever shows them writes that down: `note_titles`.
    """
    held = TitleHeld.objects.filter(person=OuterRef("pk"))
    within = Q(valid_to__gte=day - LATELY, valid_to__lte=day + SOON)
    later = held.filter(Q(valid_to=None) | Q(valid_to__gt=day + SOON))
    ends = held.filter(within).order_by("-valid_to").values("valid_to")[:1]
    people = Person.objects.worked_with_by(actor).current()
    # From the titles to their people: of a hundred thousand people a handful has one that ends.
    rows = people.filter(pk__in=TitleHeld.objects.filter(within).values("person")).filter(~Exists(later))
    return rows.annotate(ends=Subquery(ends))


def note_titles(actor: Actor, people: list[Person]) -> None:
    """The actor is shown until when these people may stay."""
    for person in people:
        audit.read(actor, person, ["titles"])


def not_asked(actor: Actor) -> PersonQuerySet:
    """People registered lately whose answer to no consent is written down, of those whose page the actor may open."""
    people = Person.objects.open_to(actor).current().filter(created_at__gte=timezone.now() - NEWLY)
    return people.filter(~Exists(Consent.objects.filter(person=OuterRef("pk"))))
