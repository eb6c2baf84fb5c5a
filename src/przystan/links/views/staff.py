"""What staff sees of its links: what waits, one link, making it anew, revoking it, reminders."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from przystan.ui.pages import button, made, or_404
from przystan.ui.paging import paginate

from .. import actions, queries
from ..forms import LanguageForm
from ..models import Link, Made, Reminder
from ..purposes import declared


def index(request: HttpRequest) -> HttpResponse:
    """All that the actor sent, newest first."""
    page = paginate(request, queries.mine(request.actor))
    return render(request, "links/index.html", {"page": page, "lines": queries.lines(request.actor, page.items)})


def new(request: HttpRequest, purpose: str, ref: str) -> HttpResponse:
    """Ask by a link: in which language, and then its address, shown once.

    The page answers the POST itself, so that nothing keeps the token until another page.
    """
    asks = declared().get(purpose)
    matter = asks.about(request.actor, ref) if asks and request.actor.can(asks.right) else None
    if asks is None or matter is None:
        raise Http404
    form = LanguageForm(request.POST or None, initial={"language": matter.language or settings.LANGUAGE_CODE})
    if fresh := made(form, lambda: asks.ask(by=request.actor, ref=ref, **form.cleaned_data)):
        return _handed(request, fresh)
    return render(request, "links/new.html", {"form": form, "purpose": asks, "matter": matter})


def link(request: HttpRequest, ref: str) -> HttpResponse:
    """One link: how it stands, and what can be done."""
    found = _link_or_404(request, ref)
    reminder = found.reminders.filter(done_at=None).first()
    context = {
        "link": found,
        "line": queries.lines(request.actor, [found])[0],
        "reminder": reminder,
        "message": queries.reminding(found) if reminder else "",
    }
    return render(request, "links/link.html", context)


@require_POST
def renew(request: HttpRequest, ref: str) -> HttpResponse:
    """Another address for the same question, shown once."""
    found = _link_or_404(request, ref)
    try:
        made = actions.renew(by=request.actor, link=found)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("links:link", ref)
    return _handed(request, made)


def _handed(request: HttpRequest, fresh: Made) -> HttpResponse:
    context = {"invitation": queries.invitation(fresh, request.build_absolute_uri("/"))}
    return render(request, "links/made.html", context)


@button("links:link", "ref", done=gettext_lazy("The link is revoked: it leads nowhere now."))
def revoke(request: HttpRequest, ref: str) -> None:
    """From now on it leads nowhere."""
    actions.revoke(by=request.actor, link=_link_or_404(request, ref))


@require_POST
def reminded(request: HttpRequest, ref: str) -> HttpResponse:
    """A reminder was sent by hand."""
    reminder = get_object_or_404(Reminder.objects.select_related("link"), ref=ref)
    actions.done(by=request.actor, reminder=reminder)
    messages.success(request, _("It is noted that the reminder was sent."))
    return redirect("links:link", reminder.link.ref)


def _link_or_404(request: HttpRequest, ref: str) -> Link:
    return or_404(queries.link_seen, request.actor, ref)
