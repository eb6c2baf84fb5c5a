"""The kinds of institutions and of agreements, as a centre changes them."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from przystan.access.actors import Actor, Forbidden
from przystan.access.models import AuditEntry
from przystan.institutions import actions
from przystan.institutions.forms.institution import InstitutionForm, RegisterForm
from przystan.institutions.forms.parts import AgreementForm
from przystan.institutions.loading import load_institution_kinds
from przystan.institutions.models import Agreement, AgreementKind, Institution, InstitutionKind
from przystan.team.models import Organisation
from tests import factories
from tests.institutions.making import institution

pytestmark = pytest.mark.django_db
PAGE = reverse("institutions:kinds")


@pytest.fixture
def coordinators(house: Organisation) -> Client:
    """The pages as a coordinator has them, with the kinds that ship."""
    load_institution_kinds()
    found = Client(headers={"accept-language": "en"})
    found.force_login(factories.user(house, "coordinator", factories.point(house)))
    return found


def named(polish: str, **more: Any) -> dict[str, Any]:
    return {f"name_{code}": "" for code in ("en", "uk", "ru")} | {"name_pl": polish, "position": 3} | more


def of_institutions(polish: str, **more: Any) -> dict[str, Any]:
    return named(polish, icon="library", stale_after=40, **more)


def test_a_kind_is_added_and_can_be_chosen_at_once(coordinators: Client) -> None:
    there = reverse("institutions:add_kind", args=["institutions"])
    assert "Add a kind of institution" in coordinators.get(there).text
    assert coordinators.post(there, of_institutions("Ogród", code="garden")).status_code == 302
    made = InstitutionKind.objects.get(code="garden")
    assert (made.names, made.icon, made.stale_after) == ({"pl": "Ogród"}, "library", 40)
    assert "Ogród" in coordinators.get(reverse("institutions:new")).text
    assert "Ogród" in coordinators.get(PAGE).text
    assert AuditEntry.objects.filter(action="institution.kind").count() == 1


def test_what_is_not_right_is_said_and_kept_in_the_form(coordinators: Client) -> None:
    there = reverse("institutions:add_kind", args=["institutions"])
    for wrong in ({"code": "school"}, {"code": "Nie tak"}, {"stale_after": 0}, {"icon": "no-such-icon"}):
        answer = coordinators.post(there, of_institutions("Ogród", code="garden") | wrong)
        assert answer.status_code == 200, wrong
        assert "Ogród" in answer.text
    assert coordinators.post(there, of_institutions("", code="garden")).status_code == 200, "a Polish name is needed"
    assert not InstitutionKind.objects.filter(code="garden").exists()


def test_a_kind_is_renamed_and_keeps_its_code(coordinators: Client) -> None:
    there = reverse("institutions:kind", args=["institutions", "school"])
    assert 'name="code"' not in coordinators.get(there).text
    coordinators.post(there, of_institutions("Szkoła", code="other"))
    assert InstitutionKind.objects.get(code="school").names == {"pl": "Szkoła"}


def test_what_ships_does_not_come_back_over_what_was_changed(coordinators: Client) -> None:
    coordinators.post(reverse("institutions:kind", args=["agreements", "cooperation"]), named("Razem"))
    load_institution_kinds()
    assert AgreementKind.objects.get(code="cooperation").names == {"pl": "Razem"}


def retire(client: Client, of: str, code: str, retired: str = "yes") -> str:
    return client.post(reverse("institutions:retire_kind", args=[of, code]), {"retired": retired}, follow=True).text


def test_what_is_no_longer_offered_stays_where_it_is(coordinators: Client, house: Organisation) -> None:
    one = institution(house, kind="school")
    assert "no longer offered" in retire(coordinators, "institutions", "school")
    school = InstitutionKind.objects.get(code="school")
    assert school not in RegisterForm().fields["kind"].queryset  # type: ignore[attr-defined]
    assert school in InstitutionForm(instance=one).fields["kind"].queryset, "it has that kind"  # type: ignore[attr-defined]
    assert school not in InstitutionForm(instance=Institution()).fields["kind"].queryset  # type: ignore[attr-defined]
    assert str(school) in coordinators.get(reverse("institutions:index")).text, "old ones are looked for by it"
    retire(coordinators, "institutions", "school", "no")
    assert school in RegisterForm().fields["kind"].queryset  # type: ignore[attr-defined]


def test_kinds_of_agreements_too(coordinators: Client, house: Organisation) -> None:
    retire(coordinators, "agreements", "cooperation")
    kind = AgreementKind.objects.get(code="cooperation")
    assert kind not in AgreementForm(instance=Agreement()).fields["kind"].queryset  # type: ignore[attr-defined]
    kept = Agreement(institution=institution(house), kind=kind)
    assert kind in AgreementForm(instance=kept).fields["kind"].queryset  # type: ignore[attr-defined]


def test_the_last_kind_stays(coordinators: Client, coordinator: Actor) -> None:
    AgreementKind.objects.exclude(code="cooperation").update(retired=True)
    assert "This is the last kind that is offered" in retire(coordinators, "agreements", "cooperation")
    last = AgreementKind.objects.get(code="cooperation")
    assert not last.retired
    with pytest.raises(ValidationError, match="last kind"):
        actions.retire_kind(by=coordinator, kind=last, retired=True)


@pytest.mark.parametrize("of", ["people", "institution", "kinds"])
def test_there_are_two_catalogues(coordinators: Client, of: str) -> None:
    for path in (reverse("institutions:add_kind", args=[of]), reverse("institutions:kind", args=[of, "school"])):
        assert coordinators.get(path).status_code == 404
    assert coordinators.post(reverse("institutions:retire_kind", args=[of, "school"])).status_code == 404


def test_an_adviser_changes_no_kind(page: Client, adviser: Actor) -> None:
    load_institution_kinds()
    assert page.get(PAGE).status_code == 404
    assert PAGE not in page.get(reverse("institutions:index")).text
    school = InstitutionKind.objects.get(code="school")
    with pytest.raises(Forbidden):
        actions.save_kind(by=adviser, kind=school, changed=["names"])
    with pytest.raises(Forbidden):
        actions.retire_kind(by=adviser, kind=school, retired=True)


def test_the_way_there_is_in_the_settings_and_above_the_list(coordinators: Client) -> None:
    assert PAGE in coordinators.get(reverse("desk:settings")).text
    assert PAGE in coordinators.get(reverse("institutions:index")).text
