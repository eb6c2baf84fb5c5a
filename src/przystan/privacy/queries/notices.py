"""What people were told about their data, and how far those are who were asked by a link."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from przystan.access.actors import Actor
from przystan.access.modules import way
from przystan.links.models import Link
from przystan.links.purposes import Matter
from przystan.links.queries import asked
from przystan.people.models import Person
from przystan.team.models import Point

from ..models import Notice, NoticeText


def text_today() -> NoticeText | None:
    """The version in force; None where none was loaded."""
    return NoticeText.objects.on(timezone.localdate()).order_by("-version").first()


def text_shown(version: str) -> NoticeText | None:
    """The version that a page says it showed; None where no page can have."""
    if not (version.isascii() and version.isdigit() and len(version) < 5):
        return None
    begun = Q(valid_from=None) | Q(valid_from__lte=timezone.localdate())
    return NoticeText.objects.filter(begun, version=version).first()


def notices_of(actor: Actor, person: Person) -> QuerySet[Notice]:
    """Of one person, newest first."""
    found = Notice.objects.seen_by(actor).filter(person=person)
    return found.select_related("link", "link__by", "text").order_by("-id")


def open_notice(actor: Actor, person: Person) -> Notice | None:
    """The one that waits for the person to read, if any."""
    return notices_of(actor, person).filter(read_on=None, link__revoked_at=None).first()


def about(by: Actor, ref: str) -> Matter | None:
    """The person, and the first language they speak that pages have; None for who may not open their page."""
    people = Person.objects.open_to(by).current().prefetch_related("names", "languages")
    person = people.filter(ref=ref).first()
    if person is None:
        return None
    spoken = [row.language for row in person.languages.all() if row.language in dict(settings.LANGUAGES)]
    return Matter(person.display_name, way("person", person.ref), next(iter(spoken), ""))


def content(by: Actor, link: Link) -> Mapping[str, Any] | None:
    """What the bearer of a link reads, with the centre's name and addresses; None when it is not asked any more."""
    text = text_today()
    if text is None or asked(by, Notice) is None:
        return None
    points = Point.objects.filter(organisation=link.organisation, closed_on=None).order_by("id")
    places = "; ".join(f"{point.name}, {point.address}" if point.address else point.name for point in points)
    body = text.body.replace("{organisation}", link.organisation.name).replace("{places}", places)
    return {
        "text": text,
        "shown": str(text.version),
        "paragraphs": [line for line in body.splitlines() if line.strip()],
    }


def matters(by: Actor, links: Iterable[Link]) -> dict[int, Matter]:
    """Link -> the person whom it asks, of those whose page the actor may open."""
    found = Notice.objects.seen_by(by).filter(link__in=list(links)).select_related("person")
    return {
        notice.link_id: Matter(notice.person.display_name, way("person", notice.person.ref))
        for notice in found.prefetch_related("person__names")
    }
