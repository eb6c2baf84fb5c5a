"""Forms of case files."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from przystan.access.actors import Actor
from przystan.kernel.refs import ALPHABET, LENGTH, new_ref
from przystan.ui.fields import DateField
from przystan.ui.forms import Form
from przystan.ui.widgets import Choices, Combobox

from .actions.notes import LONGEST
from .enums import MemberRole
from .models import CaseFile
from .policies import kinds_for
from .queries import nameable


def check_ref(ref: str) -> None:
    """ValidationError unless the text has the shape of a reference."""
    if len(ref) != LENGTH or not set(ref) <= set(ALPHABET):
        raise ValidationError(_("Open this form again."))


class CaseForm(Form):
    """A new file. `ref` is made with the form, so that sending it twice opens one file."""

    ref = forms.CharField(widget=forms.HiddenInput, initial=new_ref, required=False, validators=[check_ref])
    kind = forms.ChoiceField(label=_("What it is about"), widget=Choices())
    title = forms.CharField(
        label=_("Short title"), max_length=120, help_text=_("A few words that tell this file from another.")
    )
    out_of_escrow = forms.BooleanField(
        label=_("Keep this file out of the emergency key, for good"),
        required=False,
        help_text=_(
            "Only for protected files. If everybody in the team loses their keys, nobody can ever open it again."
        ),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = kinds_for(actor)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        self.fields["kind"].initial = kinds[0].value if len(kinds) == 1 else None


class NoteForm(Form):
    """A new note."""

    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    about = DateField(label=_("Day"), initial=timezone.localdate)
    text = forms.CharField(
        label=pgettext_lazy("case files", "Note"), max_length=LONGEST, widget=forms.Textarea({"rows": 8})
    )


class AmendForm(Form):
    """A note in new words. `number`: the wording that was read."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    text = forms.CharField(
        label=pgettext_lazy("case files", "Note"), max_length=LONGEST, widget=forms.Textarea({"rows": 12})
    )


class MemberForm(Form):
    """Who else works on a file."""

    user: Any = forms.ModelChoiceField(None, label=_("Colleague"), to_field_name="ref", widget=Combobox())
    role = forms.TypedChoiceField(
        coerce=MemberRole,
        label=_("What they do"),
        choices=[(role.value, role.label) for role in (MemberRole.WORKS, MemberRole.LEAD)],
        initial=MemberRole.WORKS,
        widget=Choices(),
    )

    def __init__(self, *args: Any, actor: Actor, case: CaseFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = nameable(actor, case)
