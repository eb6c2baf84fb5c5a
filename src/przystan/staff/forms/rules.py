"""Rules of the gate as they shall be from a day on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from przystan.reference.cldr import countries
from przystan.ui.fields import DateField
from przystan.ui.forms import ModelForm
from przystan.ui.widgets import Combobox

from ..models import AgreementRule, ProofRule

FIRST = _("Who worked before that day is judged by the rule as it is now.")


class ProofRuleForm(ModelForm):
    """For which work a proof is needed, and how long one holds."""

    valid_from = DateField(label=_("From which day on"), help_text=FIRST)

    class Meta:
        model = ProofRule
        fields = ["needed", "months", "years", "besides", "source", "certainty", "valid_from"]
        widgets = {"besides": Combobox}
        help_texts = {
            "months": _("Empty: as long as the work."),
            "years": _("Of which time abroad counts. Empty: all of it."),
            "besides": _("A country for which none is asked."),
            "source": _("The law with its article, or that it is a rule of the centre."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = forms.ChoiceField(choices=[("", _("none")), *countries()], widget=Combobox, required=False)
        code.label, code.help_text = self.fields["besides"].label, self.fields["besides"].help_text
        self.fields["besides"] = code


class AgreementRuleForm(ModelForm):
    """When an agreement has to be in writing, and how long its papers are kept."""

    valid_from = DateField(label=_("From which day on"), help_text=_("Asked of the day on which an agreement begins."))

    class Meta:
        model = AgreementRule
        fields = ["writing_after", "kept_as", "source", "certainty", "valid_from"]
        help_texts = {
            "writing_after": _("Days for which it may do without. 0: from the first day. Empty: need not be."),
            "source": _("The law with its article, or that it is a rule of the centre."),
        }


FORMS = {"proof": ProofRuleForm, "agreement": AgreementRuleForm}
