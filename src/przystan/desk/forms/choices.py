"""Fields whose choices are read only when they are drawn: sending a form asks nothing, the action checks everything."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from przystan.access.actors import Actor
from przystan.reference.cldr import language_name, languages
from przystan.support.models import Service, ServiceLine
from przystan.support.queries import often_asked, services_offered, topics_offered, used_most
from przystan.team.models import Point
from przystan.team.queries import colleagues
from przystan.ui.widgets import Combobox

from ..queries.supports import programmes_for_filter

Group = tuple[str, list[tuple[Any, str]]]
# What is spoken at the desk most days; the whole list follows.
OFTEN = ["uk", "ru", "pl", "be", "en", "ka", "es", "ar", "tr", "hi", "ne", "vi", "fr"]


class IdField(forms.IntegerField):
    """The id of a row chosen from a list."""

    default_error_messages = {
        "required": gettext_lazy("Choose one from the list."),
        "invalid": gettext_lazy("Choose one from the list."),
    }

    def __init__(self, *, combobox: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", Combobox() if combobox else forms.Select())
        kwargs.setdefault("min_value", 1)
        super().__init__(**kwargs)


class LanguageField(forms.CharField):
    """A language by its code, those most often spoken first."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=Combobox(), **kwargs)
        self.widget.choices = Later(language_groups)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and value not in dict(languages()):
            raise ValidationError(IdField.default_error_messages["invalid"], code="invalid")


class Offer:
    """What a member of staff can choose from, read at most once for each form.

    `retired`: also services and topics that are no longer offered. `kept`: ids of what an entry has already (service,
    topics, point, staff), there to stay chosen even when the service is retired, the point closed, the adviser gone.
    """

    def __init__(self, actor: Actor, retired: bool = False, kept: Mapping[str, Any] | None = None) -> None:
        self.actor, self.retired, self.kept = actor, retired, kept or {}

    @cached_property
    def lines(self) -> list[tuple[ServiceLine, list[Service]]]:
        """Fields of work with the services that there are to choose."""
        return services_offered(self.retired, [self.kept.get("service")])

    @cached_property
    def often(self) -> list[Service]:
        """Services that anonymous contacts at this centre were most about lately."""
        return often_asked(self.actor)

    @cached_property
    def services(self) -> list[Any]:
        """Services by field of work."""
        known = {service.pk: service for _line, services in self.lines for service in services}
        return [("", ""), *self._used(known), *_groups(self.lines)]

    @cached_property
    def topics(self) -> list[Any]:
        """Topics by the first field of work that has them."""
        seen: set[int] = set()
        groups = []
        for line, topics in topics_offered([one[0] for one in self.lines], self.retired, self.kept.get("topics", [])):
            groups.append((line, [topic for topic in topics if topic.pk not in seen]))
            seen |= {topic.pk for topic in topics}
        known = {topic.pk: topic for _line, topics in groups for topic in topics}
        return [("", ""), *self._used(known, topics=True), *_groups(groups)]

    def _used(self, known: dict[int, Any], topics: bool = False) -> list[Group]:
        """What the actor uses most, above the whole list; not where the past is looked through."""
        found = [] if self.retired else [pk for pk in used_most(self.actor, topics) if pk in known]
        return [(_("used most"), [(pk, str(known[pk])) for pk in found])] if found else []

    @cached_property
    def points(self) -> list[tuple[Any, str]]:
        here = Q(closed_on=None) | Q(pk=self.kept.get("point"))
        points = Point.objects.filter(here, organisation_id=self.actor.organisation_id)
        return [(point.pk, str(point)) for point in points]

    @cached_property
    def staff(self) -> list[tuple[Any, str]]:
        here = Q(pk__in=colleagues(self.actor).values("pk")) | Q(pk=self.kept.get("staff"))
        return [(user.pk, user.full_name) for user in colleagues(self.actor, everybody=True).filter(here)]

    @cached_property
    def programmes(self) -> list[tuple[str, str]]:
        return programmes_for_filter(self.actor)


class Later(BaseChoiceIterator):
    """Choices that are read when they are drawn, pairs and groups of pairs already."""

    def __init__(self, read: Callable[[], Iterable[Any]]) -> None:
        self.read = read

    def __iter__(self) -> Iterator[Any]:
        return iter(self.read())


def lazily(field: forms.Field, choices: Callable[[], Iterable[Any]]) -> None:
    """Let a field read its choices when it is drawn."""
    field.widget.choices = Later(choices)


def language_groups() -> list[Any]:
    often = [(code, language_name(code)) for code in OFTEN]
    return [("", ""), (_("most often"), often), (_("all languages"), languages())]


def _groups(rows: Iterable[tuple[ServiceLine, list[Any]]]) -> list[Group]:
    return [(str(line), [(row.pk, str(row)) for row in items]) for line, items in rows if items]
