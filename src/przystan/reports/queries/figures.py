"""What report pages show: figures with targets and forecasts, breakdowns in words, programmes that fall short."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from przystan.access.actors import Actor
from przystan.funding.enums import OF_PEOPLE, Breakdown, Counted
from przystan.funding.models import Indicator, Programme
from przystan.funding.queries.counting import MIXED, UNKNOWN, Span
from przystan.funding.queries.evidence import breakdown
from przystan.funding.queries.indicators import Figure, Number, figures, shown
from przystan.funding.queries.telling import Scope
from przystan.people.enums import Sex
from przystan.reference.cldr import country_name, language_name
from przystan.results.models import ResultKind
from przystan.support.models import Service
from przystan.team.models import Point

from ..rights import REPORTS_READ
from ..rules import WHOLE, Period, forecast


@dataclass(frozen=True)
class Line:
    """One indicator with its number. `forecast` only where it is `of_all`: the whole programme, of all its people.

    `scope`: of whom the number is; where it is hidden there is none (None).
    """

    indicator: Indicator
    number: Number | None
    scope: Scope
    of_all: bool = False
    forecast: int | None = None

    @property
    def target(self) -> int | None:
        """Of the whole programme. Only a number `of_all` may be held against it."""
        return self.indicator.target

    @property
    def value(self) -> str:
        """The number as components read it: with a point, whatever the language of the page."""
        return "" if self.number is None else str(self.number)

    @property
    def missing(self) -> float:
        """The share of the target that the forecast does not reach, 0 to 1."""
        if not self.target or self.forecast is None:
            return 0.0
        return max(0.0, 1 - self.forecast / self.target)


@dataclass(frozen=True)
class Part:
    """A programme with its lines."""

    programme: Programme
    lines: list[Line]


@dataclass(frozen=True)
class Cell:
    """A row of a breakdown: `value` as in addresses, `label` in words."""

    value: str
    label: str
    number: Number


def span_of(period: Period) -> Span:
    return Span(period.first, period.last)


def parts(actor: Actor, period: Period, today: date, programmes: list[Programme] | None = None) -> list[Part]:
    """Figures of these programmes (default: of all), in order of the programmes' rank. Six queries."""
    actor.require(REPORTS_READ)
    found = figures(actor, span_of(period), programmes)
    lines = [_line(figure, period, today) for figure in found]
    grouped = groupby(lines, key=lambda line: line.indicator.programme)
    return [Part(programme, list(own)) for programme, own in grouped]


def _line(figure: Figure, period: Period, today: date) -> Line:
    """The target is the whole programme's: a part of its days or people cannot be held against it."""
    indicator, number, scope = figure.indicator, figure.number, figure.scope
    if not period.is_whole or scope.people is not None or number is None:
        return Line(indicator, number, scope)
    programme = indicator.programme
    ahead = forecast(float(number), programme.starts, programme.ends, today) if indicator.target else None
    return Line(indicator, number, scope, of_all=True, forecast=ahead)


def at_risk(actor: Actor, day: date) -> list[Line]:
    """Indicators of running programmes whose forecast does not reach the target, the worst first."""
    running = list(
        Programme.objects.seen_by(actor).running_on(day).filter(outside=False, indicators__target__gt=0).distinct()
    )
    if not running:
        return []
    lines = [line for part in parts(actor, WHOLE, day, running) for line in part.lines]
    return sorted((line for line in lines if line.missing > 0), key=lambda line: -line.missing)


@dataclass(frozen=True)
class Cells:
    """A breakdown in words, and of whom it is; no rows where the scope is hidden."""

    rows: list[Cell]
    scope: Scope


def cells(actor: Actor, indicator: Indicator, period: Period, by: Breakdown) -> Cells:
    """A breakdown in words; rows that are not known, and of several people, come last."""
    found = breakdown(actor, indicator, span_of(period), by)
    return Cells(_sorted(indicator, by, found.totals), found.scope)


def _sorted(indicator: Indicator, by: Breakdown, totals: dict[str, int]) -> list[Cell]:
    words = labels(by, totals)
    found = [Cell(value, words[value], shown(indicator, total)) for value, total in totals.items()]
    if by == Breakdown.AGE_BAND:
        found.sort(key=lambda cell: int(cell.value.partition("-")[0] or 0) if cell.value[:1].isdigit() else 0)
    return sorted(found, key=lambda cell: (cell.value == UNKNOWN, cell.value == MIXED))


def labels(by: Breakdown, values: Iterable[str]) -> dict[str, str]:
    """Words for values of a breakdown. One query for points and services."""
    known = [value for value in values if value not in (UNKNOWN, MIXED)]
    special = {UNKNOWN: _("not known"), MIXED: _("several people, not all the same")}
    return special | dict(_words(by, known))


def _words(by: Breakdown, values: list[str]) -> Iterable[tuple[str, str]]:
    match by:
        case Breakdown.SEX:
            return [(value, str(Sex(value).label)) for value in values]
        case Breakdown.AGE_BAND:
            return [(value, band_label(value)) for value in values]
        case Breakdown.CITIZENSHIP:
            return [(value, ", ".join(country_name(code) for code in value.split("+"))) for value in values]
        case Breakdown.LANGUAGE:
            return [(value, language_name(value)) for value in values]
        case Breakdown.POINT:
            return [(str(one.pk), str(one)) for one in Point.objects.filter(pk__in=values).order_by("pk")]
        case Breakdown.LEVEL:
            return [(value, value) for value in values]
        case Breakdown.RESULT:
            return [(str(one.pk), str(one)) for one in ResultKind.objects.filter(pk__in=values).order_by("pk")]
        case _:
            return [(str(one.pk), str(one)) for one in Service.objects.filter(pk__in=values).order_by("pk")]


def band_label(code: str) -> str:
    """An age band in words: "0-17" is "under 18", "61-" is "61 and more"."""
    first, _dash, last = code.partition("-")
    if not last:
        return _("%(age)s and more") % {"age": first}
    if first == "0":
        return _("under %(age)s") % {"age": int(last) + 1}
    return f"{first}–{last}"


def adds_up(indicator: Indicator, by: Breakdown) -> bool:
    """Whether the rows of a breakdown add up to the number: people may have been at several points."""
    return not Counted(indicator.counted).each_once or by in OF_PEOPLE


def programme_seen(actor: Actor, ref: str) -> Programme:
    """A programme that is counted here, or Programme.DoesNotExist."""
    return Programme.objects.seen_by(actor).select_related("funder").get(ref=ref, outside=False)


def indicator_seen(actor: Actor, programme: str, ref: str) -> Indicator:
    """An indicator of a programme (references), or Indicator.DoesNotExist."""
    rows = Indicator.objects.filter(programme__organisation_id=actor.organisation_id, programme__outside=False)
    return (
        rows.select_related("programme__funder")
        .prefetch_related("services", "kinds")
        .get(programme__ref=programme, ref=ref)
    )
