"""Pages with numbers, each of which opens the list behind it. They only read."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from przystan.access.actors import Actor
from przystan.access.modules import way
from przystan.funding.enums import Breakdown, Counted
from przystan.funding.models import Indicator, Programme
from przystan.funding.queries.evidence import Evidence, evidence_of, may_open
from przystan.funding.queries.indicators import Number
from przystan.funding.rights import EVIDENCE_READ
from przystan.institutions.models import Institution
from przystan.institutions.rights import INSTITUTIONS_READ
from przystan.ledger.rights import REPORTS_EXPORT
from przystan.people.models import Person
from przystan.people.rights import PEOPLE_READ
from przystan.results.rights import RESULTS_READ
from przystan.support.rights import SUPPORT_READ
from przystan.ui import charts, htmx
from przystan.ui.pages import or_404
from przystan.ui.paging import paginate

from .. import queries
from ..forms import ExportForm, PeriodForm
from ..queries import Line, Part, labels, span_of
from ..rights import REPORTS_READ
from ..rules import WHOLE, Period, period_of

EARLIEST = date(2014, 1, 1)  # where no programme says when it began
FACTS = tuple(Breakdown)


def index(request: HttpRequest) -> HttpResponse:
    """Every programme with its numbers in one period."""
    today = timezone.localdate()
    form = PeriodForm(request.GET, starts=_beginning(request.actor), ends=today)
    period = form.chosen()
    parts = queries.parts(request.actor, period, today)
    context = {
        "form": form,
        "period": period,
        "running": [_shown(part, period) for part in parts if _runs(part.programme, today)],
        "ended": [_shown(part, period) for part in parts if not _runs(part.programme, today)],
        "key": any(line.of_all and line.target for part in parts for line in part.lines),
        "query": _query(period),
    }
    return render(request, "reports/index.html", context)


def programme(request: HttpRequest, ref: str) -> HttpResponse:
    """Progress of one programme; htmx gets the pictures alone."""
    found = _programme(request.actor, ref)
    today = timezone.localdate()
    form = _periods_of(request, found)
    period = form.chosen()
    parts = queries.parts(request.actor, period, today, [found])
    lines = _shown(parts[0], period)["lines"] if parts else []
    context = {
        "programme": found,
        "form": form,
        "period": period,
        "lines": lines,
        "key": any(row["line"].of_all and row["line"].target for row in lines),
        "query": _query(period),
        "can_export": request.actor.can(REPORTS_EXPORT),
        "export": ExportForm(request.actor, initial={"period": period.code}),
    }
    return htmx.render(request, "reports/programme.html", context, part="progress")


def indicator(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """One number and what it is made of."""
    found = _indicator(request.actor, programme, ref)
    today = timezone.localdate()
    own = found.programme
    form = _periods_of(request, own)
    period = form.chosen()
    part = queries.parts(request.actor, period, today, [own])[0]
    line = next(line for line in part.lines if line.indicator.pk == found.pk)
    by = _breakdown(request.GET.get("by", "")) or Breakdown((found.breakdowns or [Breakdown.POINT])[0])
    cells = queries.cells(request.actor, found, period, by)
    rows = [(row.label, _drawn(row.number), _cell_url(request, found, period, by, row.value)) for row in cells.rows]
    context = {
        "indicator": found,
        "programme": own,
        "form": form,
        "period": period,
        "line": line,
        "href": _list_url(found, period) if may_open(request.actor, found) else "",
        "closed": request.actor.can(EVIDENCE_READ) and not may_open(request.actor, found),
        "by": by,
        "choices": [(one, one.value in found.breakdowns) for one in FACTS if one.fits(Counted(found.counted))],
        "adds_up": queries.adds_up(found, by),
        "chart": charts.bars(rows),
        "of_whom": cells.scope,
        "query": _query(period),
    }
    return render(request, "reports/indicator.html", context)


def evidence(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """The list behind a number: entries, people or households, and from a person on to the entries."""
    actor = request.actor
    found = _indicator(actor, programme, ref)
    period = period_of(request.GET.get("period", ""))
    by = _breakdown(request.GET.get("by", ""))
    value = request.GET.get("value", "").replace("\x00", "")
    who = _whose(request)
    page = paginate(request, evidence_of(actor, found, span_of(period), by, value, who))
    context = {
        "indicator": found,
        "programme": found.programme,
        "period": period,
        "by": by,
        "value_label": labels(by, [value]).get(value, value) if by else "",
        "person": who if isinstance(who, Person) else None,
        "institution": who if isinstance(who, Institution) else None,
        "page": page,
        "rows": [_row(actor, found, period, one) for one in page.items],
        "of_entries": who is not None or Counted(found.counted).of_entries,
        "of_institutions": found.counted == Counted.INSTITUTIONS,
        "in_hours": Counted(found.counted).of_hours and who is None,
        "can_see_people": actor.can(PEOPLE_READ),
        "back": reverse("reports:indicator", args=[found.programme.ref, found.ref]) + _query(period),
    }
    return render(request, "reports/evidence.html", context)


def _whose(request: HttpRequest) -> Person | Institution | None:
    """Whose entries are asked for, from the list of people, or institutions, on."""
    if ref := request.GET.get("person", ""):
        return get_object_or_404(Person.objects.seen_by(request.actor), ref=ref.replace("\x00", ""))
    if ref := request.GET.get("institution", ""):
        return get_object_or_404(Institution.objects.seen_by(request.actor), ref=ref.replace("\x00", ""))
    return None


def at_risk(request: HttpRequest) -> HttpResponse:
    """A piece of Today: running programmes that will not reach a target."""
    lines = queries.at_risk(request.actor, timezone.localdate()) if request.actor.can(REPORTS_READ) else []
    return render(request, "reports/_at_risk.html", {"lines": lines[:5], "more": max(0, len(lines) - 5)})


def _programme(actor: Actor, ref: str) -> Programme:
    return or_404(queries.programme_seen, actor, ref)


def _indicator(actor: Actor, programme: str, ref: str) -> Indicator:
    return or_404(queries.indicator_seen, actor, programme, ref)


def _periods_of(request: HttpRequest, programme: Programme) -> PeriodForm:
    today = timezone.localdate()
    return PeriodForm(request.GET, starts=programme.starts or EARLIEST, ends=min(today, programme.ends or today))


def _breakdown(text: str) -> Breakdown | None:
    return Breakdown(text) if text in Breakdown.values else None


def _beginning(actor: Actor) -> date:
    starts = Programme.objects.seen_by(actor).filter(starts__isnull=False).order_by("starts")
    return starts.values_list("starts", flat=True).first() or EARLIEST


def _runs(programme: Programme, day: date) -> bool:
    return (programme.starts is None or programme.starts <= day) and (programme.ends is None or day <= programme.ends)


def _shown(part: Part, period: Period) -> dict[str, Any]:
    return {"programme": part.programme, "lines": [_linked(line, period) for line in part.lines]}


def _linked(line: Line, period: Period) -> dict[str, Any]:
    one = line.indicator
    href = reverse("reports:indicator", args=[one.programme.ref, one.ref]) + _query(period)
    return {"line": line, "href": href, "forecast": "" if line.forecast is None else line.forecast}


def _query(period: Period) -> str:
    return f"?{urlencode({'period': period.code})}" if period != WHOLE else ""


def _list_url(indicator: Indicator, period: Period, **more: str) -> str:
    values = ({"period": period.code} if period.code else {}) | more
    url = reverse("reports:evidence", args=[indicator.programme.ref, indicator.ref])
    return f"{url}?{urlencode(values)}" if values else url


def _cell_url(request: HttpRequest, indicator: Indicator, period: Period, by: Breakdown, value: str) -> str:
    if not may_open(request.actor, indicator, by):
        return ""
    return _list_url(indicator, period, by=by.value, value=value)


def _drawn(number: Number) -> charts.Number:
    """A number as pictures take it: people stay whole."""
    return number if isinstance(number, int) else float(number)


def _row(actor: Actor, indicator: Indicator, period: Period, one: Evidence) -> dict[str, Any]:
    """What a line of the list shows. Names only for those who may find people."""
    named = actor.can(PEOPLE_READ)
    return {
        "entry": one.entry,
        "entry_url": _entry_url(actor, one),
        "what": one.result.kind if one.result else one.support and one.support.service,
        "hours": one.weight / 60,
        "one": one,
        "institution_url": _institution_url(actor, one),
        "entries_url": _list_url(indicator, period, institution=one.institution.ref) if one.institution else "",
        "people": [
            {
                "ref": person.ref,
                "name": queries.name_of(person) if named else "",
                "url": way("person", person.ref) if named and person.is_open else "",
                "entries_url": _list_url(indicator, period, person=person.ref),
            }
            for person in one.named
        ],
    }


def _institution_url(actor: Actor, one: Evidence) -> str:
    """The page of the institution, for who may open it."""
    return way("institution", one.institution.ref) if one.institution and actor.can(INSTITUTIONS_READ) else ""


def _entry_url(actor: Actor, one: Evidence) -> str:
    """The page of the entry, for who may open it."""
    if one.result:
        return way("result", one.result.ref) if actor.can(RESULTS_READ) else ""
    return way("support", one.support.ref) if one.support and actor.can(SUPPORT_READ) else ""
