"""The kinds of facts that have the same four pages: add, change, end, take away."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from przystan.reference.cldr import country_name, language_name

from .. import actions, models
from ..forms import consents as signing
from ..forms import facts as forms
from ..queries.consents import follows

ENDED = _("It has ended")


@dataclass(frozen=True)
class FactKind:
    """`keep`, `end`, `remove` are the actions; None where a fact is never changed, ended or taken away.

    `follows`: what else ends with it, in sentences.
    """

    slug: str
    model: type[Model]
    form: type[forms.FactForm]
    title: str | Promise
    add: str | Promise
    keep: Callable[..., None] | None = actions.keep
    end: Callable[..., None] | None = actions.end
    remove: Callable[..., None] | None = actions.remove
    changeable: bool = True
    follows: Callable[[models.Person, Any], list[str]] = lambda person, fact: []
    end_label: str | Promise = ENDED


KINDS = {
    kind.slug: kind
    for kind in [
        FactKind(
            "names",
            models.PersonName,
            forms.NameForm,
            _("Name"),
            _("Add a name or a spelling"),
            keep=actions.keep_name,
            end=None,
            remove=actions.remove_name,
        ),
        FactKind("citizenships", models.Citizenship, forms.CitizenshipForm, _("Citizenship"), _("Add a citizenship")),
        FactKind(
            "titles",
            models.TitleHeld,
            forms.TitleForm,
            _("Title to stay"),
            _("Add a title to stay"),
            keep=actions.keep_title,
        ),
        FactKind(
            "contacts",
            models.Channel,
            forms.ChannelForm,
            _("Contact"),
            _("Add a phone number or address"),
            keep=actions.keep_channel,
            end=None,
        ),
        FactKind("dwellings", models.Dwelling, forms.DwellingForm, _("Town"), _("Add a town")),
        FactKind("languages", models.PersonLanguage, forms.LanguageForm, _("Language"), _("Add a language"), end=None),
        FactKind(
            "consents",
            models.Consent,
            signing.ConsentForm,
            _("Consent"),
            _("Write down a consent"),
            keep=actions.answer,
            end=actions.withdraw,
            remove=actions.remove_consent,
            changeable=False,
            end_label=_("Withdraw"),
            follows=follows,
        ),
        FactKind(
            "guardians",
            models.Guardian,
            signing.GuardianForm,
            _("Who signs for them"),
            _("Add a parent or guardian"),
            remove=actions.remove_guardian,
            end_label=_("No longer signs for them"),
        ),
        FactKind(
            "household",
            models.HouseholdMember,
            forms.MemberForm,
            _("Household"),
            _("Add to a household"),
            end_label=_("Left the household"),
        ),
        FactKind(
            "relations", models.Relation, forms.NoForm, _("Relation"), _("Add a relative"), end=None, changeable=False
        ),
    ]
}


def describe(fact: Any) -> str:
    """A fact in a few words, for the page that asks whether to end it or take it away."""
    match fact:
        case models.PersonName():
            return fact.text
        case models.Citizenship():
            return country_name(fact.country)
        case models.TitleHeld():
            return str(fact.title)
        case models.Channel():
            return f"{fact.get_kind_display()}: {fact.value}"
        case models.Dwelling():
            return str(fact.place)
        case models.PersonLanguage():
            return language_name(fact.language)
        case models.Consent():
            return str(fact.text)
        case models.Guardian():
            return fact.named
        case models.HouseholdMember():
            return str(fact.get_role_display())
        case models.Relation():
            return f"{fact.get_kind_display()} {fact.other.display_name}"
    return ""
