"""The catalogue of what can come of support, edited in the product."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from przystan.access.actors import Forbidden
from przystan.access.models import AuditEntry
from przystan.results.actions import amend, retire, save_kind, save_scale
from przystan.results.models import ResultKind, Scale
from przystan.support.actions import retire as retire_row
from tests import factories

from .world import Centre

pytestmark = pytest.mark.django_db
NAMES = {"name_pl": "Nowy poziom", "name_en": "New level", "name_uk": "", "name_ru": ""}


@pytest.fixture
def centre() -> Centre:
    return Centre()


def page(centre: Centre, role: str = "coordinator") -> Client:
    found = Client(headers={"accept-language": "en"})
    found.force_login(factories.user(centre.organisation, role))
    return found


def sent(**values: str) -> dict[str, str]:
    plain = {"code": "new-kind", "of": "person", "shape": "yes", "scale": "", "source": "", "position": "3"}
    return {**NAMES, **plain, "valid_from": "", "valid_to": "", **values}


def test_a_kind_is_added_in_words_and_can_be_noted(centre: Centre) -> None:
    scale = Scale.objects.get(code="cefr")
    form = sent(shape="levels", scale=str(scale.pk), source="Annex VIII, R.2.8", certain="on")
    assert page(centre).post(reverse("results:add_kind"), form).status_code == 302
    made = ResultKind.objects.get(code="new-kind")
    assert (made.names, made.shape, made.of, made.scale) == (
        {"pl": "Nowy poziom", "en": "New level"},
        "levels",
        "person",
        scale,
    )
    assert (made.source, made.certain) == ("Annex VIII, R.2.8", True)
    assert AuditEntry.objects.get(action="result.kinds").object_ref == str(made.pk)
    result = centre.note("new-kind", person=centre.person.ref, after="B1")
    assert result.kind == made
    assert "New level" in page(centre).get(reverse("results:kinds")).text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"shape": "levels"}, "Choose a scale for levels"),
        ({"shape": "yes", "scale": "cefr"}, "Choose a scale for levels"),
        ({"valid_from": "2026-05-02", "valid_to": "2026-05-01"}, "first day must not be after"),
        ({"code": "language_level"}, "already in use"),
        ({"name_pl": ""}, "required"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(centre: Centre, values: dict[str, str], words: str) -> None:
    if values.get("scale"):
        values = {**values, "scale": str(Scale.objects.get(code="cefr").pk)}
    answer = page(centre).post(reverse("results:add_kind"), sent(**values))
    assert answer.status_code == 200
    assert words in answer.text
    assert not ResultKind.objects.filter(code="new-kind").exists()


def test_what_was_noted_rests_on_its_shape(centre: Centre) -> None:
    centre.note()
    kind = ResultKind.objects.get(code="language_level")
    url = reverse("results:kind", args=[kind.code])
    form = page(centre).get(url)
    assert set(form.context["form"].fields).isdisjoint({"code", "shape", "of", "scale"})
    page(centre).post(url, sent(shape="yes", of="nobody"))
    kind.refresh_from_db()
    assert (kind.names["en"], kind.shape, kind.of) == ("New level", "levels", "person")
    kind.shape, kind.scale = "yes", None
    with pytest.raises(ValidationError, match="Results rest on"):
        save_kind(by=centre.coordinator, kind=kind, changed=["shape"])


def test_levels_are_only_added(centre: Centre) -> None:
    centre.note()
    scale = Scale.objects.get(code="cefr")
    for levels in (["A1", "A2"], ["A0", "A2", "A1", "B1", "B2", "C1", "C2"], [], [*scale.levels, "A1"]):
        wrong = Scale.objects.get(pk=scale.pk)
        wrong.levels = levels
        with pytest.raises(ValidationError):
            save_scale(by=centre.coordinator, scale=wrong, changed=["levels"])
    page(centre).post(reverse("results:scale", args=["cefr"]), {**NAMES, "levels": "A0\nA1\nA1+\nA2\nB1\nB2\nC1\nC2\n"})
    scale.refresh_from_db()
    assert scale.levels[:4] == ["A0", "A1", "A1+", "A2"]
    assert centre.note(before="A1", after="A1+").after == "A1+"


def test_a_kind_that_asks_for_a_proof_is_refused_without(centre: Centre) -> None:
    ResultKind.objects.filter(code="language_level").update(asks_proof=True)
    with pytest.raises(ValidationError, match="needs a proof"):
        centre.note()
    result = centre.note(proof="test")
    with pytest.raises(ValidationError, match="needs a proof"):
        amend(by=centre.adviser, result=result, reached=centre.reached())


@pytest.mark.parametrize(("days", "noted"), [(-1, False), (0, True), (10, True), (11, False)])
def test_a_kind_is_noted_of_its_days(centre: Centre, days: int, noted: bool) -> None:
    first = centre.today - timedelta(days=20)
    ResultKind.objects.filter(code="language_level").update(valid_from=first, valid_to=first + timedelta(days=10))
    day = first + timedelta(days=days)
    if noted:
        assert centre.note(day=day).day == day
    else:
        with pytest.raises(ValidationError, match="not noted of that day"):
            centre.note(day=day)


def test_what_is_no_longer_used_stays_readable(centre: Centre) -> None:
    result, kind = centre.note(), ResultKind.objects.get(code="language_level")
    url = reverse("results:retire", args=[kind.code])
    page(centre).post(url, {"retired": "yes"})
    kind.refresh_from_db()
    assert kind.retired
    assert str(kind) in page(centre).get(reverse("desk:result", args=[result.ref])).text
    assert "no longer used" in page(centre).get(reverse("results:kinds")).text
    page(centre).post(url, {"retired": "no"})
    kind.refresh_from_db()
    assert not kind.retired


def test_who_retires_a_kind_or_service_undoes_no_name_that_was_saved_meanwhile(centre: Centre) -> None:
    by = factories.actor(centre.organisation, "coordinator")
    for row, act in (
        (ResultKind.objects.get(code="job_found"), lambda row: retire(by=by, kind=row, retired=True)),
        (factories.service(), lambda row: retire_row(by=by, row=row, retired=True)),
    ):
        factories.service()  # another is offered still
        type(row).objects.filter(pk=row.pk).update(names={"pl": "Nowa nazwa"})
        act(row)
        saved = type(row).objects.get(pk=row.pk)
        assert (saved.names, saved.retired) == ({"pl": "Nowa nazwa"}, True)


@pytest.mark.parametrize("role", ["adviser", "reception", "grant_officer", "director", "auditor"])
def test_others_change_nothing(centre: Centre, role: str) -> None:
    for name in ("results:kinds", "results:add_kind", "results:add_scale"):
        assert page(centre, role).get(reverse(name)).status_code == 404
    by, kind = factories.actor(centre.organisation, role), ResultKind.objects.get(code="job_found")
    with pytest.raises(Forbidden):
        retire(by=by, kind=kind, retired=True)
    with pytest.raises(Forbidden):
        save_kind(by=by, kind=kind, changed=["names"])
