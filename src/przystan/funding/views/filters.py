"""What an indicator counts only: the editor of rules, with the number before and after."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from przystan.access.actors import Actor
from przystan.rules.editing import Editor
from przystan.rules.trees import EVERYONE, Rule, dump
from przystan.ui.htmx import redirect, render
from przystan.ui.seen import CHANGED_MEANWHILE, NAME, mark_of, unseen

from .. import actions
from ..models import Indicator, Programme
from ..queries.counting import Span
from ..queries.indicators import count_one, shown
from ..queries.telling import Asking, told_by
from ..vocabulary import PAYERS


def where(request: HttpRequest, ref: str, indicator: str) -> HttpResponse:
    """Every button sends the whole tree; "preview" counts with it, "save" writes it. No condition is no filter."""
    row = indicator_or_404(request, ref, indicator)
    if request.POST.get("do") == "save":
        row.refresh_from_db(from_queryset=Indicator.objects.select_for_update())
    before = PAYERS.parse(row.where) if row.where else EVERYONE
    shown = mark_of([row.pk, dump(before)])
    kept = request.POST.get(NAME, shown)
    editor, do = Editor.of(PAYERS, request.POST, before), request.POST.get("do", "")
    found = editor.asked(request.actor, row) if do in ("preview", "save") else None
    if do == "save" and found and unseen(request.POST, shown):
        editor.error, kept = str(CHANGED_MEANWHILE), shown
    elif do == "save" and found:
        try:
            row.where = None if found == EVERYONE else editor.tree()
            actions.keep_indicator(by=request.actor, indicator=row)
            return redirect(request, reverse("funding:indicator", args=[ref, row.ref]))
        except ValidationError as refusal:
            editor.error = " ".join(refusal.messages)
    context = {"programme": row.programme, "indicator": row, "seen": kept, **editor.context()}
    context["before"] = editor.words(before) if editor.error == str(CHANGED_MEANWHILE) else None
    if found and do == "preview":
        context |= {"words": editor.words(found), "numbers": _numbers(request.actor, row, found)}
    return render(request, "funding/where.html", context, part="where_editor")


def indicator_or_404(request: HttpRequest, ref: str, indicator: str) -> Indicator:
    """An indicator of one of the actor's programmes."""
    ours = Programme.objects.seen_by(request.actor).filter(ref=ref)
    rows = Indicator.objects.select_related("programme").prefetch_related("services")
    return get_object_or_404(rows, ref=indicator, programme__in=ours)


def _numbers(actor: Actor, row: Indicator, found: Rule) -> dict[str, object]:
    """What it counts in all the time of the programme, as it is and as it would be; of the same people."""
    now = Indicator.objects.prefetch_related("services").get(pk=row.pk)
    now.where = None if found == EVERYONE else dump(found)
    asking = Asking(actor)
    scope = asking.scope({**told_by(row), **told_by(now)})
    asking.note(row, scope, purpose="preview")
    before, after = (None if scope.hidden else shown(row, count_one(one, Span(), scope)) for one in (row, now))
    return {"before": before, "after": after}
