"""What is typed comes in composed, and with nothing unseen; what a key is made of comes in as it is."""

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from tests import factories

from przystan.access import key_forms
from przystan.project.tidying import AS_THEY_ARE, tidied

DECOMPOSED = "Wa\u0328s\u200b"


def test_forms_and_addresses_are_tidied() -> None:
    values = tidied(QueryDict(f"name={DECOMPOSED}&name=Jan&note=plain"))
    assert values.getlist("name") == ["Wąs", "Jan"]
    assert not values._mutable
    plain = QueryDict("name=Jan")
    assert tidied(plain) is plain


@pytest.mark.parametrize("name", ["passphrase", "again", "password1", "oldpassword"])
def test_what_a_key_is_made_of_is_not(name: str) -> None:
    assert tidied(QueryDict(f"{name}={DECOMPOSED}"))[name] == DECOMPOSED


def test_every_secret_of_our_forms_is_taken_as_it_is() -> None:
    fields = {
        name
        for form in (key_forms.UnlockForm, key_forms.PassphraseForm, key_forms.RecoverForm)
        for name, field in form.base_fields.items()
        if getattr(field.widget, "input_type", "") == "password"
    }
    assert fields
    assert all(any(part in name for part in AS_THEY_ARE) for name in fields)


@pytest.mark.django_db
def test_what_somebody_types_arrives_composed() -> None:
    centre = factories.organisation()
    client = Client()
    client.force_login(factories.user(centre, "adviser", at=factories.point(centre)))
    page = client.post(reverse("people:register_start"), {"q": f"{DECOMPOSED} 1987"})
    assert page.context["form"]["name"].value() == "Wąs"
    assert client.get(reverse("people:search"), {"q": DECOMPOSED}).wsgi_request.GET["q"] == "Wąs"
