"""The rule editor: for whom a programme pays, and what a change would do, seen before it is saved."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.rules.editing import Editor
from przystan.rules.toml import toml
from przystan.rules.trees import EVERYONE, Rule
from przystan.ui.fields import DateField
from przystan.ui.forms import Form
from przystan.ui.htmx import redirect, render
from przystan.ui.seen import CHANGED_MEANWHILE, NAME, mark_of, unseen

from .. import actions
from ..models import Programme, TargetRule
from ..queries.sets import Preview, preview
from ..vocabulary import PAYERS


class SinceForm(Form):
    """From when the new rule holds, and where it is written."""

    valid_from = DateField(label=_("In force from"))
    source = forms.CharField(label=_("Where it is written"), max_length=300, required=False)


def rule(request: HttpRequest, ref: str) -> HttpResponse:
    """Every button sends the whole tree; "preview" counts what would change, "save" writes it."""
    ours = Programme.objects.seen_by(request.actor)
    do = request.POST.get("do", "")
    programme = get_object_or_404(ours.select_for_update() if do == "save" else ours, ref=ref)
    today = timezone.localdate()
    before = _in_force(programme, today)
    shown = mark_of(programme.rules.order_by("pk").values_list("pk", "tree", "valid_from", "valid_to"))
    kept = request.POST.get(NAME, shown)
    form = SinceForm(request.POST or None, initial={"valid_from": _since(programme, today)})
    editor = Editor.of(PAYERS, request.POST, before or EVERYONE)
    found = editor.asked(request.actor, programme) if do in ("preview", "save") else None
    if do == "save" and found and form.is_valid() and unseen(request.POST, shown):
        editor.error, kept = str(CHANGED_MEANWHILE), shown
    elif do == "save" and found and form.is_valid():
        try:
            actions.change_rule(by=request.actor, programme=programme, tree=editor.tree(), **form.cleaned_data)
            return redirect(request, reverse("funding:programme", args=[ref]))
        except ValidationError as refusal:
            editor.error = " ".join(refusal.messages)
    context = {
        "programme": programme,
        "seen": kept,
        "before": editor.words(before or EVERYONE) if editor.error == str(CHANGED_MEANWHILE) else None,
        "form": form if do in ("preview", "save") or not form.is_bound else SinceForm(initial=request.POST.dict()),
        "text": toml(editor.tree()),
        **editor.context(),
    }
    if found and do == "preview":
        context |= _effect(request.actor, programme, before, found) | {"words": editor.words(found)}
    return render(request, "funding/rule.html", context, part="rule_editor")


def _in_force(programme: Programme, day: date) -> Rule | None:
    row = TargetRule.objects.filter(programme=programme).on(day).first() or programme.rules.last()
    return PAYERS.parse(row.tree) if row else None


def _since(programme: Programme, today: date) -> date:
    """Tomorrow would be polite; a programme still to come gets its rule from its first day."""
    return max(today, programme.starts) if programme.starts else today


def _effect(actor: Actor, programme: Programme, before: Rule | None, after: Rule) -> dict[str, object]:
    """Supports of the last twelve months before the programme's end or today, whichever came first."""
    last = min(programme.ends or timezone.localdate(), timezone.localdate())
    first = last - timedelta(days=365)
    effect: Preview = preview(actor, programme, before, after, first, last)
    return {"effect": effect, "first": first, "last": last}
