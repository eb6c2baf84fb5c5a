"""Inputs drawn by functions are, but for line ends, what Django's own templates make of the same widgets."""

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.choices import CallableChoiceIterator
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from przystan.ui.forms import Form, Renderer

NASTY = """<script>"it's"</script> & more"""
GROUPS = [
    ("", ""),
    ("a", NASTY),
    (NASTY, "b"),
    (3, mark_safe("<b>three</b>")),
    ("later", gettext_lazy("Language")),
    (f"group {NASTY}", [("x", "one"), (None, NASTY)]),
]
ATTRS = {"id": "id_it", "data-on": True, "data-off": False, "title": NASTY, "size": 3}
WIDGETS: list[tuple[forms.Widget, Any]] = [
    (forms.Select(choices=GROUPS), "a"),
    (forms.Select(choices=GROUPS), NASTY),
    (forms.Select(choices=[]), None),
    (forms.SelectMultiple(choices=GROUPS), ["a", "x"]),
    (forms.RadioSelect(choices=GROUPS), 3),
    (forms.CheckboxSelectMultiple(choices=GROUPS), ["a", "x"]),
    (forms.TextInput(), NASTY),
    (forms.TextInput(), None),
    (forms.NumberInput(), 0),
    (forms.CheckboxInput(), True),
    (forms.CheckboxInput(), False),
    (forms.HiddenInput(), ""),
    (forms.Textarea(), NASTY),
    (forms.ClearableFileInput(), None),
    (forms.SplitDateTimeWidget(), None),
]


@pytest.mark.parametrize(("widget", "value"), WIDGETS)
@pytest.mark.parametrize("attrs", [ATTRS, {}], ids=["attributes", "none"])
def test_drawn_like_django(widget: forms.Widget, value: Any, attrs: dict[str, Any]):
    ours, theirs = (
        widget.render(f"name {NASTY}", value, attrs, renderer()) for renderer in (Renderer, DjangoTemplates)
    )
    assert between(ours) == between(theirs)


def between(html: str) -> str:
    """Without the line ends between tags."""
    return re.sub(r">\s+", ">", html)


def test_a_list_is_read_once_for_its_drawing():
    read = []

    def choices() -> list[tuple[str, str]]:
        read.append(1)
        return [("a", "A")]

    class Asking(Form):
        one = forms.IntegerField(widget=forms.Select)

    form = Asking()
    form.fields["one"].widget.choices = CallableChoiceIterator(choices)  # type: ignore[attr-defined]
    assert "<option" in str(form["one"])
    assert len(read) == 1
