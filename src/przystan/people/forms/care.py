"""Who works with a person: naming, excluding, beginning oneself."""

from typing import Any

from django.forms import ChoiceField, ModelChoiceField
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.ui.forms import Form
from przystan.ui.widgets import Choices, Combobox

from ..enums import JoinReason
from ..models import Person
from ..queries.care import excludable, nameable


class JoinTeamForm(Form):
    """Why somebody begins to work with a person."""

    reason = ChoiceField(label=_("Why"), choices=JoinReason.choices, widget=Choices)


class NameForm(Form):
    """A colleague who works with the person from now on."""

    user: Any = ModelChoiceField(label=_("Colleague"), queryset=None, widget=Combobox)

    def __init__(self, *args: Any, actor: Actor, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = nameable(actor, person)


class ExcludeForm(Form):
    """Somebody who must not see the person."""

    user: Any = ModelChoiceField(label=_("Who must not see this person"), queryset=None, widget=Combobox)

    def __init__(self, *args: Any, actor: Actor, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = excludable(actor, person)
