"""One form for each kind of fact."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import CharField, ChoiceField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.reference.cldr import countries, languages
from przystan.reference.models import Place, ResidenceTitle
from przystan.team.queries import colleagues, points_of
from przystan.ui.fields import DateField, PartialDateField, TimeField
from przystan.ui.forms import Form, ModelForm
from przystan.ui.widgets import Asked, Choices, Combobox

from ..enums import ChannelKind, HouseholdRole, RelationKind, Safety
from ..models import (
    Channel,
    Citizenship,
    Dwelling,
    HouseholdMember,
    Person,
    PersonLanguage,
    PersonName,
    Relation,
    TitleHeld,
)

UNKNOWN = ("", _("— choose —"))


class FactForm(ModelForm):
    """A fact of one person. `actor` limits what is offered to the actor's own centre."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        self.actor = actor
        super().__init__(*args, **kwargs)


class DatedForm(FactForm):
    valid_from = DateField(label=_("From"), required=False, help_text=_("Leave empty if you do not know."))
    valid_to = DateField(label=_("Until"), required=False, help_text=_("Leave empty if it is so today."))


class NameForm(FactForm):
    class Meta:
        model = PersonName
        fields = ["text", "kind", "given", "family"]
        help_texts = {
            "text": _("The whole name in one line, in any script, in the order the person uses."),
            "given": _("Only if the person has such a part."),
            "family": _("Only if the person has such a part."),
        }


class CitizenshipForm(DatedForm):
    country = ChoiceField(label=_("Country"), widget=Combobox)

    class Meta:
        model = Citizenship
        fields = ["country", "valid_from", "valid_to"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [UNKNOWN, *countries()]


class TitleForm(DatedForm):
    valid_to = DateField(
        label=_("Valid until"),
        required=False,
        help_text=_("The last day on the card or in the decision. Empty only for a title without an end."),
    )
    seen_on = DateField(label=_("Seen on"), required=False, help_text=_("Empty means today."))

    class Meta:
        model = TitleHeld
        fields = ["title", "valid_to", "valid_from", "evidence", "document", "seen_on"]
        widgets = {"title": Combobox, "evidence": Choices}
        help_texts = {"document": _("What was shown, without its number: “card”, “letter of the voivode”.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].queryset = ResidenceTitle.objects.order_by("position", "id")


class ChannelForm(FactForm):
    hours_from = TimeField(label=_("Not before"), required=False)
    hours_to = TimeField(label=_("Not after"), required=False)

    class Meta:
        model = Channel
        fields = ["kind", "value", "safety", "hours_from", "hours_to", "only_by", "shared_with"]
        widgets = {"kind": Choices, "safety": Choices}
        help_texts = {"shared_with": _("For example: a husband, a child, a landlord. Ask before you write or call.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = ChannelKind.choices  # no choice called "choose"
        self.fields["only_by"].queryset = colleagues(self.actor)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        # What does not belong to the chosen rule was hidden on the page: it is not kept.
        if data.get("safety") != Safety.HOURS:
            data["hours_from"] = data["hours_to"] = None
        if data.get("safety") != Safety.ONLY_BY:
            data["only_by"] = None
        return data


class DwellingForm(DatedForm):
    class Meta:
        model = Dwelling
        fields = ["place", "valid_from", "valid_to"]
        widgets = {"place": Combobox}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = towns()


class LanguageForm(FactForm):
    language = ChoiceField(label=_("Language"), widget=Combobox)

    class Meta:
        model = PersonLanguage
        fields = ["language", "level", "needs_interpreter"]
        widgets = {"level": Choices, "needs_interpreter": Asked}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [UNKNOWN, *languages()]


class MemberForm(DatedForm):
    class Meta:
        model = HouseholdMember
        fields = ["role", "valid_from", "valid_to"]
        widgets = {"role": Choices}


class JoinForm(Form):
    """How the person lives together with somebody who was chosen before."""

    role = ChoiceField(label=_("This person is"), widget=Choices, choices=HouseholdRole.choices)
    since = DateField(label=_("Together since"), required=False)


class RelationForm(Form):
    """What the person is to somebody who was chosen before."""

    kind = ChoiceField(label=_("This person is"), widget=Choices, choices=RelationKind.choices)


class NoForm(FactForm):
    """For facts that are taken away, never changed."""

    class Meta:
        model = Relation
        fields: list[str] = []


class IdentityForm(FactForm):
    birth = PartialDateField(label=_("Born"), required=False, past=True, help_text=_("The year alone is fine."))
    arrived = PartialDateField(label=_("Came to Poland"), required=False, past=True)

    class Meta:
        model = Person
        fields = ["birth", "sex", "arrived", "point", "centre_reference"]
        widgets = {"sex": Choices}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["point"].queryset = points_of(self.actor)


class EndForm(Form):
    """The last day on which something was true."""

    day = DateField(label=_("Last day"), initial=timezone.localdate)


class FindForm(Form):
    """The text somebody is looked for by, inside another form."""

    q = CharField(
        label=_("Who is it?"),
        max_length=200,
        help_text=_("A name in any spelling, a phone number, a birth year or a reference."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def towns() -> QuerySet[Place]:
    """Every place a person can live in, by name."""
    return Place.objects.order_by("name", "id")
