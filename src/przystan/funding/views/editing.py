"""Adding and changing programmes, their limits and indicators; files in and out."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from przystan.rules.labels import Labels
from przystan.rules.words import outline
from przystan.ui.forms import refuse
from przystan.ui.pages import button, saved

from .. import actions, files
from ..forms import FileForm, IndicatorForm, LimitForm, ProgrammeForm
from ..models import Indicator, Limit, Programme
from ..vocabulary import PAYERS
from .filters import indicator_or_404


def add(request: HttpRequest) -> HttpResponse:
    """A new programme."""
    form = ProgrammeForm(request.POST or None, instance=Programme())
    if request.method == "POST" and form.is_valid() and (made := _save(request, form, actions.create_programme)):
        return redirect("funding:rule", ref=made.ref)
    return render(request, "funding/add.html", {"form": form})


def change(request: HttpRequest, ref: str) -> HttpResponse:
    """The facts of a programme."""
    programme = _own(request, ref)
    form = ProgrammeForm(request.POST or None, instance=programme)
    if request.method == "POST" and form.is_valid() and _save(request, form, actions.keep_programme):
        return redirect("funding:programme", ref=ref)
    name = Programme.objects.values_list("name", flat=True).get(pk=programme.pk)
    return render(request, "funding/change.html", {"form": form, "programme_ref": ref, "name": name})


def _save(request: HttpRequest, form: ProgrammeForm, action) -> Programme | None:
    data = form.cleaned_data
    programme = form.filled()
    try:
        if data["new_funder"]:
            programme.funder = actions.found_funder(by=request.actor, name=data["new_funder"])
        return action(by=request.actor, programme=programme, services=data["services"], territory=data["territory"])
    except ValidationError as error:
        refuse(form, error)
        return None


def limits(request: HttpRequest, ref: str) -> HttpResponse:
    """The limits of a programme, and a new one."""
    programme = _own(request, ref)
    form = LimitForm(request.POST or None, instance=Limit(programme=programme))
    if saved(form, lambda: actions.keep_limit(by=request.actor, limit=form.instance)):
        return redirect("funding:limits", ref=ref)
    rows = programme.limits.select_related("service").order_by("id")
    return render(request, "funding/limits.html", {"programme": programme, "form": form, "rows": rows})


@button("funding:limits", "ref")
def limit_remove(request: HttpRequest, ref: str) -> None:
    """Take one limit off."""
    programme = _own(request, ref)
    number = request.POST.get("limit", "")
    limit = get_object_or_404(programme.limits, pk=int(number) if number.isascii() and number.isdigit() else 0)
    actions.remove_limit(by=request.actor, limit=limit)


def indicator_add(request: HttpRequest, ref: str) -> HttpResponse:
    """A new indicator, after those that are there."""
    programme = _own(request, ref)
    return _indicator(request, Indicator(programme=programme, position=programme.indicators.count()))


def indicator(request: HttpRequest, ref: str, indicator: str) -> HttpResponse:
    """One indicator."""
    return _indicator(request, indicator_or_404(request, ref, indicator))


@button("funding:programme", "ref")
def indicator_remove(request: HttpRequest, ref: str, indicator: str) -> None:
    """Take an indicator off a programme."""
    actions.remove_indicator(by=request.actor, indicator=indicator_or_404(request, ref, indicator))


def _indicator(request: HttpRequest, row: Indicator) -> HttpResponse:
    form = IndicatorForm(request.POST or None, instance=row)
    if saved(
        form,
        lambda: actions.keep_indicator(
            by=request.actor,
            indicator=form.filled(),
            services=form.cleaned_data["services"],
            kinds=form.cleaned_data["kinds"],
        ),
    ):
        return redirect("funding:programme", ref=row.programme.ref)
    only = outline(PAYERS.parse(row.where), Labels(PAYERS)) if row.where else None
    return render(request, "funding/indicator.html", {"programme": row.programme, "form": form, "only": only})


def file(request: HttpRequest, ref: str) -> HttpResponse:
    """The programme as a file, to keep or to load elsewhere."""
    programme = get_object_or_404(Programme.objects.seen_by(request.actor).select_related("funder"), ref=ref)
    answer = HttpResponse(files.write(programme), content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{programme.key}.toml"'
    return answer


def take_file(request: HttpRequest) -> HttpResponse:
    """Programmes from a file."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.take_file(by=request.actor, text=form.cleaned_data["file"])
            return (
                redirect("funding:programme", ref=added[0].ref) if len(added) == 1 else redirect("funding:programmes")
            )
        except ValidationError as error:
            form.add_error("file", error)
    return render(request, "funding/take_file.html", {"form": form})


def _own(request: HttpRequest, ref: str) -> Programme:
    return get_object_or_404(Programme.objects.seen_by(request.actor), ref=ref)
