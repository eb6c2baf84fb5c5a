"""The form for somebody new, and for a family that came together: one name of each is enough."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.kernel.refs import new_ref
from przystan.reference.cldr import countries, languages
from przystan.reference.models import ResidenceTitle
from przystan.team.queries import points_of
from przystan.ui.fields import DateField, PartialDateField, PhoneText
from przystan.ui.forms import Form
from przystan.ui.widgets import Asked, Choices, Combobox

from ..actions import Newcomer, NewName, NewTitle, Relative
from ..enums import FamilyRole, LanguageLevel, NameKind, Safety, Sex
from ..rules.families import SEX
from .facts import UNKNOWN, towns

SIGNER = signing.Signer(salt="people.register")


class OtherNameForm(Form):
    """A further spelling of the name."""

    text = forms.CharField(label=_("Another spelling or name"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("What it is"), choices=NameKind.choices, required=False)


OtherNames = forms.formset_factory(OtherNameForm, extra=1, max_num=10, absolute_max=10)


class RelativeForm(Form):
    """Somebody of the family of whom the form is about."""

    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    birth = PartialDateField(label=_("Born"), required=False, past=True)
    role = forms.ChoiceField(
        label=_("Is to the person above"),
        choices=[("", _("not asked yet")), *(role for role in FamilyRole.choices if role[0] != FamilyRole.HEAD)],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("name") and (self.cleaned_data.get("birth") or self.cleaned_data.get("role")):
            self.add_error("name", _("Write at least one name."))
        return self.cleaned_data


Family = forms.formset_factory(RelativeForm, extra=1, max_num=12, absolute_max=12)


class RegisterForm(Form):
    """Search comes before: the name arrives here from the search box."""

    form = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("As in the document, or as said. Any script, one word or five.")
    )
    birth = PartialDateField(label=_("Born"), required=False, past=True, help_text=_("The year alone is fine."))
    phone = PhoneText(label=_("Phone"), required=False, help_text=_("Foreign numbers with + and the country code."))
    phone_safety = forms.ChoiceField(
        label=_("May we call this number?"),
        choices=[(safety.value, safety.label) for safety in (Safety.NOT_ASKED, Safety.YES, Safety.NEUTRAL, Safety.NO)],
        initial=Safety.NOT_ASKED,
        required=False,
    )
    citizenship = forms.ChoiceField(label=_("Citizenship"), widget=Combobox, required=False)
    language = forms.ChoiceField(label=_("First language"), widget=Combobox, required=False)
    needs_interpreter = forms.NullBooleanField(label=_("Needs an interpreter"), widget=Asked, required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, widget=Choices, required=False, initial=Sex.UNKNOWN)
    arrived = PartialDateField(label=_("Came to Poland"), required=False, past=True)
    place: Any = forms.ModelChoiceField(label=_("Lives in"), queryset=None, widget=Combobox, required=False)
    title: Any = forms.ModelChoiceField(label=_("Title to stay"), queryset=None, widget=Combobox, required=False)
    title_until = DateField(label=_("Title valid until"), required=False)
    point: Any = forms.ModelChoiceField(label=_("Registered at"), queryset=None)
    centre_reference = forms.CharField(label=_("The centre's own reference"), max_length=40, required=False)
    alike = forms.BooleanField(
        label=_("All of them have the citizenship, first language, interpreter and town written above"), required=False
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points = points_of(actor)
        self.fields["form"].initial = SIGNER.sign(new_ref())
        self.fields["point"].queryset = points
        self.fields["point"].initial = actor.point_id or points.values_list("pk", flat=True).first()
        self.fields["place"].queryset = towns()
        self.fields["title"].queryset = ResidenceTitle.objects.order_by("position", "id")
        self.fields["citizenship"].choices = [UNKNOWN, *countries()]
        self.fields["language"].choices = [UNKNOWN, *languages()]

    def clean_form(self) -> str:
        try:
            return SIGNER.unsign(self.cleaned_data["form"])
        except signing.BadSignature:
            raise ValidationError(_("This form is too old. Open it again.")) from None

    @property
    def seen_refs(self) -> set[str]:
        """References of the people who were shown as possibly the same."""
        return set(str(self.data.get("seen", "")).split())

    def newcomer(self, others: list[dict[str, Any]]) -> Newcomer:
        """The cleaned data as a value for the action; `others` are cleaned rows of OtherNames."""
        data = self.cleaned_data
        names = [NewName(data["name"])]
        names += [NewName(row["text"], row["kind"] or NameKind.NOT_ASKED) for row in others if row.get("text")]
        return Newcomer(
            names=names,
            point=data["point"],
            ref=data["form"],
            sex=data["sex"] or Sex.UNKNOWN,
            birth=data["birth"],
            arrived=data["arrived"],
            centre_reference=data["centre_reference"],
            citizenships=[data["citizenship"]] if data["citizenship"] else [],
            title=NewTitle(data["title"], valid_to=data["title_until"]) if data["title"] else None,
            place=data["place"],
            phone=data["phone"],
            phone_safety=data["phone_safety"] or Safety.NOT_ASKED,
            language=data["language"],
            language_level=LanguageLevel.NATIVE,  # as the field says
            needs_interpreter=data["needs_interpreter"],
        )

    def family(self, relatives: list[dict[str, Any]]) -> list[Relative]:
        """The others as values for the action; `relatives` are cleaned rows of Family."""
        return [self._relative(row) for row in relatives if row.get("name")]

    def _relative(self, row: dict[str, Any]) -> Relative:
        data = self.cleaned_data
        alone = Newcomer(
            [NewName(row["name"])], data["point"], sex=SEX.get(row["role"], Sex.UNKNOWN), birth=row["birth"]
        )
        if not data["alike"]:
            return Relative(alone, row["role"])
        first = self.newcomer([])
        same = ("citizenships", "language", "language_level", "needs_interpreter", "place")
        return Relative(replace(alone, **{name: getattr(first, name) for name in same}), row["role"])
