"""Understood rows as newcomers and ledger entries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from przystan.access.actors import Actor
from przystan.access.models import User
from przystan.people.actions import Newcomer, NewName, NewTitle
from przystan.reference.models import Place, ResidenceTitle
from przystan.support.models import Service, Topic
from przystan.support.rules import Effort
from przystan.support.rules import Entry as LedgerEntry
from przystan.team.models import Point
from przystan.team.queries import points_of

Read = Mapping[str, Any]
INTERPRETERS = {True: "interpreter", False: "none", None: "not_said"}


@dataclass
class Rows:
    """The rows of reference tables that entries name by code, read once for an import."""

    by: Actor
    places: dict[str, Place] = field(default_factory=lambda: {row.code: row for row in Place.objects.all()})
    titles: dict[str, ResidenceTitle] = field(
        default_factory=lambda: {row.code: row for row in ResidenceTitle.objects.all()}
    )
    services: dict[str, Service] = field(default_factory=lambda: {row.code: row for row in Service.objects.all()})
    topics: dict[str, int] = field(default_factory=lambda: dict(Topic.objects.values_list("code", "pk")))
    staff: dict[str, int] = field(default_factory=lambda: dict(User.objects.values_list("ref", "pk")))

    def __post_init__(self) -> None:
        self.points: dict[str, Point] = {point.code: point for point in points_of(self.by)}
        mine = (point for point in self.points.values() if point.pk == self.by.point_id)
        self.here: Point = next(mine, next(iter(self.points.values())))

    def point(self, read: Read) -> Point:
        """The point of the row, else the one where the importer works."""
        return self.points.get(read.get("point", ""), self.here)


def newcomer(read: Read, rows: Rows) -> Newcomer:
    """A row of a people file, ready to register."""
    title = rows.titles.get(read.get("title", ""))
    languages = read.get("languages", [])
    return Newcomer(
        names=[NewName(**name) for name in read["names"]],
        point=rows.point(read),
        sex=read.get("sex", "unknown"),
        birth=read.get("birth", ""),
        arrived=read.get("arrived", ""),
        centre_reference=read.get("reference", ""),
        citizenships=read.get("citizenships", []),
        title=NewTitle(title, _day(read, "title_from"), _day(read, "title_to")) if title else None,
        place=rows.places.get(read.get("place", "")),
        phone=next(iter(read.get("phones", [])), ""),
        other_phones=read.get("phones", [])[1:],
        phone_words=read.get("phone_words", {}),
        emails=read.get("emails", []),
        language=next(iter(languages), ""),
        other_languages=languages[1:],
        needs_interpreter=read.get("needs_interpreter") if languages else None,
    )


def ledger_entry(read: Read, person: str, rows: Rows) -> LedgerEntry:
    """A row of a supports file, ready to record; `person` is a reference, empty for an anonymous contact."""
    topics = list(dict.fromkeys(read.get("topics", [])))
    return LedgerEntry(
        service_id=rows.services[read["service"]].pk,
        point_id=rows.point(read).pk,
        day=date.fromisoformat(read["day"]),
        kind="full" if person else "contact",
        people=(person,) if person else (),
        headcount=read.get("headcount", 1),
        minutes=read.get("minutes", 0),
        usual="minutes" not in read,
        efforts=tuple(Effort(topic_id=rows.topics[code]) for code in topics),
        mode=read.get("mode", "in_person"),
        place=read.get("place", ""),
        language=read.get("language", ""),
        interpreter=INTERPRETERS[read.get("interpreter")],
        next_step=read.get("next_step", ""),
        staff_id=rows.staff.get(read.get("staff", "")),
    )


def _day(read: Read, name: str) -> date | None:
    return date.fromisoformat(read[name]) if name in read else None


def people_of(rows: Sequence[Any]) -> list[str]:
    """Reference of the person each supports row is about, empty for anonymous ones."""
    return [row.chosen if row.decision == "same" else "" for row in rows]
