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
from przystan.ui.fields import DateField
from przystan.ui.forms import Form
from przystan.ui.htmx import redirect, render
from przystan.ui.seen import CHANGED_MEANWHILE, NAME, mark_of, unseen

from .. import actions, files
from ..forms import Branch, Twig, from_post, from_rule, node_at
from ..models import Indicator, Programme, TargetRule
from ..phrases import FACTS, Outline, outline
from ..queries.labels import Labels
from ..queries.sets import Preview, preview
from ..queries.telling import Asking, may_ask, told_by_rule
from ..rules import EVERYONE, Rule, RuleError, parse
from ..wording import asks_too_much, rule_error


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
    labels = Labels()
    form = SinceForm(request.POST or None, initial={"valid_from": _since(programme, today)})
    tree = from_post(request.POST) if request.method == "POST" else from_rule(before or EVERYONE)
    found, error = read(request.actor, programme, tree) if do in ("preview", "save") else (None, "")
    if do == "save" and found and form.is_valid() and unseen(request.POST, shown):
        error, kept = str(CHANGED_MEANWHILE), shown
    elif do == "save" and found and form.is_valid():
        try:
            actions.change_rule(by=request.actor, programme=programme, tree=tree.tree(), **form.cleaned_data)
            return redirect(request, reverse("funding:programme", args=[ref]))
        except ValidationError as refusal:
            error = " ".join(refusal.messages)
    context = {
        "programme": programme,
        "seen": kept,
        "before": outline(before or EVERYONE, labels) if error == str(CHANGED_MEANWHILE) else None,
        "form": form if do in ("preview", "save") or not form.is_bound else SinceForm(initial=request.POST.dict()),
        "tree": draw(tree, labels),
        "facts": list(FACTS.items()),
        "error": error,
        "text": files.toml(tree.tree()),
    }
    if found and do == "preview":
        context |= _effect(request.actor, programme, before, found, labels)
    return render(request, "funding/rule.html", context, part="rule_editor")


def _in_force(programme: Programme, day: date) -> Rule | None:
    row = TargetRule.objects.filter(programme=programme).on(day).first() or programme.rules.last()
    return parse(row.tree) if row else None


def _since(programme: Programme, today: date) -> date:
    """Tomorrow would be polite; a programme still to come gets its rule from its first day."""
    return max(today, programme.starts) if programme.starts else today


def read(actor: Actor, of: Programme | Indicator, tree: Branch) -> tuple[Rule | None, str]:
    """The rule that the form says; else, in words, what is wrong with it, or that it is not the actor's to ask."""
    try:
        found = parse(tree.tree())
    except RuleError as error:
        place = node_at(tree, error.path)
        return None, rule_error(error, f"“{FACTS[place.fact]}”" if isinstance(place, Twig) else "")
    told = told_by_rule(found)
    if may_ask(actor, told):
        return found, ""
    Asking(actor).refuse(of, told)
    return None, asks_too_much()


def _effect(actor: Actor, programme: Programme, before: Rule | None, after: Rule, labels: Labels) -> dict[str, object]:
    """Supports of the last twelve months before the programme's end or today, whichever came first."""
    last = min(programme.ends or timezone.localdate(), timezone.localdate())
    first = last - timedelta(days=365)
    effect: Preview = preview(actor, programme, before, after, first, last)
    words: Outline = outline(after, labels)
    return {"effect": effect, "first": first, "last": last, "words": words}


def draw(node: Branch | Twig, labels: Labels) -> Branch | Twig:
    """Give every condition the words and choices that its inputs show."""
    if isinstance(node, Branch):
        for part in node.parts:
            draw(part, labels)
        return node
    node.label = FACTS[node.fact]
    if node.kind == "codes":
        asked = node.asked.get("in", [])
        known = labels.choices(node.fact)
        strange = [(code, code) for code in asked if code not in dict(known)]
        node.choices = [(code, name, code in asked) for code, name in [*known, *strange]]
    return node
