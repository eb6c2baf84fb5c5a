"""Requests of people, copies, holds, rules of retention."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from przystan.ui.fields import DateField
from przystan.ui.forms import Form, ModelForm
from przystan.ui.widgets import Choices

from ..enums import Delivery, Ground, RequestKind, RequestState
from ..models import RetentionRule


class RequestForm(Form):
    """What a person asks for."""

    kind = forms.TypedChoiceField(label=_("What they ask for"), choices=RequestKind, coerce=RequestKind, widget=Choices)
    received_on = DateField(label=_("Received on"))
    note = forms.CharField(label=_("Note"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(Form):
    """How it ended."""

    state = forms.ChoiceField(
        label=_("How it ended"), choices=[one for one in RequestState.choices if one[0] != "open"], widget=Choices
    )
    delivery = forms.ChoiceField(label=_("How the answer reached them"), choices=Delivery, widget=Choices)


class ExtendForm(Form):
    """Two more months."""

    reason = forms.CharField(label=_("Why it takes longer"), min_length=10, max_length=300)


class CopyForm(Form):
    """In which language."""

    language = forms.ChoiceField(label=_("Language of the copy"), choices=settings.LANGUAGES, widget=Choices)


class FileCopyForm(CopyForm):
    """The copy of one case file."""

    earlier = forms.BooleanField(
        label=_("With what notes said before they were changed"),
        required=False,
        initial=True,
        help_text=_("Leave it out only where it would tell about other people."),
    )


class WithholdForm(Form):
    """Why a case file is kept back."""

    ground = forms.ChoiceField(label=_("Reason"), choices=Ground, widget=Choices)
    words = forms.CharField(
        label=_("In your own words"),
        min_length=10,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Sealed with the file: only its team can read it."),
    )


class HoldForm(Form):
    """Why nothing may be erased, and until when."""

    reason = forms.CharField(label=_("Why nothing may be erased"), min_length=10, max_length=300)
    ends_on = DateField(label=_("Until"), required=False, help_text=_("Empty: until somebody ends it."))


class RuleForm(ModelForm):
    valid_from = DateField(label=_("From"), required=False)
    valid_to = DateField(label=_("Until"), required=False)

    class Meta:
        model = RetentionRule
        fields = ["years", "months", "source", "valid_from", "valid_to"]
