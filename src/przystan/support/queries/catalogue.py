"""The catalogue as forms offer it."""

from dataclasses import dataclass

from ..models import Service, ServiceLine, Topic


@dataclass(frozen=True)
class Field:
    """A field of work with what it offers, both without what was retired."""

    line: ServiceLine
    services: list[Service]
    topics: list[Topic]


def offered(retired: bool = False) -> list[Field]:
    """The whole catalogue in its order, in four queries; `retired`: also what is no longer offered."""
    lines = ServiceLine.objects.prefetch_related("services", "topics")
    return [
        Field(
            line,
            [service for service in line.services.all() if retired or not service.retired],
            [topic for topic in line.topics.all() if retired or not topic.retired],
        )
        for line in lines
    ]
