"""Who signs for a person, and what a signer answers."""

from typing import Any

from django.db.models import QuerySet
from django.forms import ChoiceField, ModelChoiceField, TypedChoiceField
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from przystan.reference.cldr import languages
from przystan.ui.fields import DateField
from przystan.ui.widgets import Choices, Combobox

from ..enums import AnswerWay
from ..models import Consent, ConsentText, Guardian
from ..policies import sensitive
from ..queries.consents import may_sign
from .facts import DatedForm, FactForm

YES, NO = "yes", "no"


class GuardianForm(DatedForm):
    class Meta:
        model = Guardian
        fields = ["kind", "name", "valid_from", "valid_to"]
        widgets = {"kind": Choices}


class SignerField(ModelChoiceField):
    """The person, or somebody who signs for them."""

    open_names = False

    def label_from_instance(self, guardian: Any) -> str:
        return str(guardian.named if self.open_names else guardian)


class ConsentForm(FactForm):
    guardian = SignerField(label=_("Who answers"), queryset=None, required=False, empty_label=_("the person"))
    agrees = TypedChoiceField(
        label=_("Answer"),
        choices=[(YES, _("agrees")), (NO, _("does not agree"))],
        coerce=lambda said: said == YES,
        initial=YES,
        widget=Choices,
    )
    given_on = DateField(label=_("Answered on"))
    language = ChoiceField(label=_("Read in"), widget=Combobox)
    how = ChoiceField(
        label=_("How"), choices=[(way, way.label) for way in AnswerWay if way != AnswerWay.LINK], widget=Choices
    )

    class Meta:
        model = Consent
        fields = ["text", "guardian", "language", "agrees", "given_on", "how"]
        labels = {"text": _("Which consent")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = ConsentText.objects.on(timezone.localdate()).order_by("purpose", "-version").distinct("purpose")
        self.fields["text"].queryset = current
        self.fields["language"].choices = languages()
        signer: Any = self.fields["guardian"]
        signer.open_names = sensitive(self.actor, self.instance.person).allowed
        signer.queryset = Guardian.objects.filter(pk__in=[one.pk for one in may_sign(self.instance.person)])
        signer.queryset = signer.queryset.select_related("person").order_by("pk")
        # A form of a row shows what the row holds; a consent is only ever added, so it holds nothing yet.
        self.initial["language"] = (get_language() or "pl").split("-")[0]
        self.initial["given_on"] = timezone.localdate()
        self.initial["agrees"], self.initial["how"] = YES, AnswerWay.SPOKEN

    def texts(self) -> QuerySet[ConsentText]:
        """What is read out before the answer, in every language that it is written in."""
        current: QuerySet[ConsentText] = self.fields["text"].queryset
        return current
