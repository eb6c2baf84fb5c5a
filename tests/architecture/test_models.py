"""Models know only what lies below them, and classify every field."""

import tomllib

import pytest
from django.apps import apps
from django.db import models
from django.utils.module_loading import import_string

from przystan.access.tiers import tiers_of
from przystan.people.checks import faults, protecting_is_declared
from przystan.project.cluster import PACKAGE
from przystan.support.models import Support

MERGES = {"move", "keep"}
ERASURES = {"rows", "fields", "keep"}


def ours() -> list[type[models.Model]]:
    """Every model of the product, with the tables between many-to-many ends."""
    return [
        model
        for model in apps.get_models(include_auto_created=False)
        if model.__module__.startswith("przystan.") and not model._meta.proxy
    ]


def heights() -> dict[str, int]:
    """Module -> height in the order of pyproject.toml; 0 is the top."""
    linter = tomllib.loads((PACKAGE.parents[1] / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = next(one["layers"] for one in linter["contracts"] if one["name"] == "Modules depend downwards only")
    return {
        module.strip(" ()"): height
        for height, layer in enumerate(layers)
        for module in layer.replace(":", "|").split("|")
    }


def module_of(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_downwards(model: type[models.Model]) -> None:
    height = heights()
    for field in model._meta.get_fields():
        target = field.related_model
        if field.auto_created or not isinstance(target, type) or not target.__module__.startswith("przystan."):
            continue
        own, other = module_of(model), module_of(target)
        assert own == other or height[own] < height[other], f"{model._meta.label}.{field.name} points up or aside"


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_every_field_is_classified_once(model: type[models.Model]) -> None:
    assert "Privacy" in vars(model), "declare an inner class Privacy (see przystan.access.tiers)"
    privacy = model.Privacy  # type: ignore[attr-defined]
    fields = {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    named = [name for tier in ("t0", "t1", "t2", "t3", "t4") for name in getattr(privacy, tier, "").split()]
    assert sorted(named) == sorted(set(named)), "a field is named twice"
    assert set(tiers_of(privacy)) == fields, f"not named: {fields - set(named)}; unknown: {set(named) - fields}"
    assert privacy.merge in MERGES
    assert privacy.erase in ERASURES
    assert isinstance(privacy.export, bool)


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_every_model_says_what_protecting_somebody_does_to_it(model: type[models.Model]) -> None:
    assert list(faults(model)) == []
    if model.Privacy.protect == "own":  # type: ignore[attr-defined]
        assert callable(import_string(model.Privacy.forget))  # type: ignore[attr-defined]


def test_what_is_not_declared_is_told_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Support.Privacy, "protect")
    told = protecting_is_declared()
    assert [error.id for error in told] == ["people.E001"]
    assert "support.Support: say in its class Privacy what protecting a person does" in told[0].msg


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"protect": "fields", "sealed": ""}, "`sealed`"),
        ({"protect": "fields", "sealed": "nothing"}, "does not have"),
        ({"protect": "keep", "sealed": ""}, "`kept`"),
        ({"protect": "own", "sealed": ""}, "`forget`"),
        ({"protect": "seal", "sealed": "place"}, None),
    ],
)
def test_half_a_declaration_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, said: dict[str, object], fault: str | None
) -> None:
    for name, value in said.items():
        monkeypatch.setattr(Support.Privacy, name, value, raising=False)
    found = list(faults(Support))
    assert [fault in one for one in found] == [True] if fault else found == []


@pytest.mark.parametrize(("fields", "is_fault"), [(["place"], True), (["person", "place"], False)])
def test_what_is_sealed_can_come_back_whatever_others_have(
    monkeypatch: pytest.MonkeyPatch, fields: list[str], is_fault: bool
) -> None:
    """Not an IntegrityError on the day when a protection ends."""
    once = models.UniqueConstraint(fields=fields, name="place_once")
    monkeypatch.setattr(Support._meta, "constraints", [once])
    assert ["when a protection ends" in one for one in faults(Support)] == [True] * is_fault


def test_there_are_models() -> None:
    assert len(ours()) > 5
