"""Hours about which workers are asked by a link."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from przystan.access.actors import Actor
from przystan.access.decisions import Standing
from przystan.links.models import Link
from przystan.links.purposes import Matter
from przystan.links.queries import asked

from ..models import Hour
from ..policies import is_second_word


def about(by: Actor, ref: str) -> Matter | None:
    """Whose hour it is, and the first language they speak that pages have; None for who does not lead them."""
    rows = Hour.objects.seen_by(by).select_related("worker").prefetch_related("worker__languages")
    hour = rows.filter(ref=ref).first()
    if hour is None or hour.worker.standing_of(by) is not Standing.LEAD:
        return None
    spoken = [row.language for row in hour.worker.languages.all() if row.language in dict(settings.LANGUAGES)]
    return _matter(hour, next(iter(spoken), ""))


def matters(by: Actor, links: Iterable[Link]) -> dict[int, Matter]:
    """Link -> whose hour it asks about, of those whom the actor leads; not what they noted themselves."""
    rows = Hour.objects.seen_by(by).filter(link__in=list(links)).select_related("worker")
    theirs = rows.exclude(noted_by_id=by.user_id) if by.user_id else rows
    led = [row for row in theirs if row.worker.standing_of(by) is Standing.LEAD]
    return {row.link_id: _matter(row) for row in led if row.link_id is not None}


def content(by: Actor, link: Link) -> Mapping[str, Any] | None:
    """What the bearer of a link reads: the hour; None when it needs no word any more."""
    hour = asked(by, Hour)
    if hour is None or hour.confirmed_at or not is_second_word(link, hour):
        return None
    return {"hour": hour, "organisation": link.organisation}


def _matter(hour: Hour, language: str = "") -> Matter:
    words = f"{hour.worker.name}, {date_format(hour.day)}"
    return Matter(words, reverse("staff:hours_of", args=[hour.worker.ref]), language)
