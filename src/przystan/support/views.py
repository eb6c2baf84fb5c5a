"""The catalogue: lines, services and topics, in four languages."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from przystan.ui.naming import NamedForm
from przystan.ui.pages import attempt, only_if, saved

from . import actions
from .forms import LineForm, ServiceForm, TopicForm
from .models import Service, ServiceLine, Topic
from .queries import offered

RETIRABLE: dict[str, type[Service] | type[Topic]] = {"service": Service, "topic": Topic}
Save = Callable[[HttpRequest, NamedForm], object]


def catalogue(request: HttpRequest) -> HttpResponse:
    """Everything, also what is no longer offered."""
    return render(request, "support/catalogue.html", {"fields": offered(retired=True)})


def line(request: HttpRequest, code: str = "") -> HttpResponse:
    """Add or rename a field of work."""
    title = _("Field of work") if code else _("Add a field of work")
    return _edit(request, LineForm(request.POST or None, instance=_row(ServiceLine, code)), _save_line, title)


def service(request: HttpRequest, code: str = "") -> HttpResponse:
    """Add, rename or move a service."""
    row = _row(Service, code)
    start = {"line": ServiceLine.objects.filter(code=request.GET.get("line", "")).first()} if not code else {}
    form = ServiceForm(request.POST or None, instance=row, initial=start)
    return _edit(request, form, _save_service, _("Service") if code else _("Add a service"))


def topic(request: HttpRequest, code: str = "") -> HttpResponse:
    """Add or rename a topic."""
    row = _row(Topic, code)
    start = {"lines": list(ServiceLine.objects.filter(code=request.GET.get("line", "")))} if not code else {}
    form = TopicForm(request.POST or None, instance=row, initial=start)
    return _edit(request, form, _save_topic, _("Topic") if code else _("Add a topic"))


@require_POST
def retire(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """No longer offer a service or topic, or offer it again."""
    only_if(kind in RETIRABLE)
    row: Any = get_object_or_404(RETIRABLE[kind], code=code)
    attempt(request, lambda: actions.retire(by=request.actor, row=row, retired=request.POST.get("retired") == "yes"))
    return redirect("support:catalogue")


def _row(model: type[models.Model], code: str) -> models.Model:
    return get_object_or_404(model, code=code) if code else model()


def _edit(request: HttpRequest, form: NamedForm, save: Save, title: str) -> HttpResponse:
    if saved(form, lambda: save(request, form)):
        messages.success(request, _("Saved."))
        return redirect("support:catalogue")
    context = {"form": form, "title": title, "back": reverse("support:catalogue"), "back_label": _("Catalogue")}
    return render(request, "ui/named.html", context)


def _save_line(request: HttpRequest, form: NamedForm) -> object:
    return actions.save_line(by=request.actor, line=form.row(), changed=form.changed_data)


def _save_service(request: HttpRequest, form: NamedForm) -> object:
    return actions.save_service(by=request.actor, service=form.row(), changed=form.changed_data)


def _save_topic(request: HttpRequest, form: NamedForm) -> object:
    lines = list(form.cleaned_data["lines"])
    return actions.save_topic(by=request.actor, topic=form.row(), lines=lines, changed=form.changed_data)
