"""The catalogue: lines, services and topics, in four languages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from przystan.ui.catalogues import Catalogue
from przystan.ui.naming import NamedForm
from przystan.ui.pages import only_if

from . import actions
from .forms import LineForm, ServiceForm, TopicForm
from .models import Service, ServiceLine, Topic
from .queries import offered

PAGE: dict[str, Any] = {"back": "support:catalogue", "back_label": _("Catalogue")}
LINES = Catalogue(model=ServiceLine, form=LineForm, one=_("Field of work"), add=_("Add a field of work"), **PAGE)
SERVICES = Catalogue(model=Service, form=ServiceForm, one=_("Service"), add=_("Add a service"), **PAGE)
TOPICS = Catalogue(model=Topic, form=TopicForm, one=_("Topic"), add=_("Add a topic"), **PAGE)
RETIRABLE = {"service": SERVICES, "topic": TOPICS}


def catalogue(request: HttpRequest) -> HttpResponse:
    """Everything, also what is no longer offered."""
    return render(request, "support/catalogue.html", {"fields": offered(retired=True)})


def line(request: HttpRequest, code: str = "") -> HttpResponse:
    """Add or rename a field of work."""

    def save(form: NamedForm) -> None:
        actions.save_line(by=request.actor, line=form.row(), changed=form.changed_data)

    return LINES.edit(request, code, save)


def service(request: HttpRequest, code: str = "") -> HttpResponse:
    """Add, rename or move a service."""

    def save(form: NamedForm) -> None:
        actions.save_service(by=request.actor, service=form.row(), changed=form.changed_data)

    return SERVICES.edit(request, code, save, line=next(iter(_under(request)), None))


def topic(request: HttpRequest, code: str = "") -> HttpResponse:
    """Add or rename a topic."""

    def save(form: NamedForm) -> None:
        lines = list(form.cleaned_data["lines"])
        actions.save_topic(by=request.actor, topic=form.row(), lines=lines, changed=form.changed_data)

    return TOPICS.edit(request, code, save, lines=_under(request))


def _under(request: HttpRequest) -> list[ServiceLine]:
    """The field of work of `?line=`, to which something is added."""
    return list(ServiceLine.objects.filter(code=request.GET.get("line", "")))


@require_POST
def retire(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """No longer offer a service or topic, or offer it again."""
    only_if(kind in RETIRABLE)
    work = lambda row, retired: actions.retire(by=request.actor, row=row, retired=retired)  # noqa: E731
    return RETIRABLE[kind].retire(request, code, work)
