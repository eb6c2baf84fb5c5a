"""What people write freely about somebody is sealed, and named as sensitive as it is.

A new module says in its own tests/<module>/matrix.py, as `PLAIN`, why a text of it may stand in clear.
"""

import pytest
from django.db import models
from tests.harness.modules import brought

from przystan.access.fields import SealedTextField
from przystan.access.tiers import Tier, tiers_of
from przystan.people.models import Person
from przystan.people.queries.links import foreign_keys, personal, privacy_of

from .test_models import ours

WORDS = 120  # letters: a name, a title; what is longer has room for a sentence about somebody
CODE = 40  # letters: what is shorter is a number, a code, a language
FOUND = "it is what people are found by"
NAMES = "names of tables, fields and codes of ours"
PAID = "why this programme pays; about the support, and read with it by who may choose the payer"
# Texts about people that stand in clear, and why.
PLAIN = {
    "casework.CaseBefore.table": NAMES,
    "funding.Allocation.reason": PAID,
    "funding.ResultAllocation.reason": PAID,
    "people.Channel.value": FOUND,
    "people.FactBefore.table": NAMES,
    "people.PersonName.folded": FOUND,
    "people.PersonName.text": FOUND,
    "privacy.Erasure.model": NAMES,
    "privacy.Pack.model": NAMES,
    "results.Result.evidence": "where the proof lies: folder, number",
    "results.ResultBefore.table": NAMES,
    "support.EntryBefore.table": NAMES,
    "support.Support.place": "where it was given",
    "support.Support.next_step": "shows in lists of the point, which have no keys of people",
}
for _more in brought("PLAIN"):
    PLAIN |= _more


def about_people() -> set[type[models.Model]]:
    """Models whose rows lead to a person by keys, at any depth, and entries in which people have a part."""
    found: set[type[models.Model]] = {Person}
    for joining in personal():
        found |= {one for one in targets(joining) if getattr(privacy_of(one), "export", False)}
    while more := {one for one in ours() if one not in found and found & targets(one)}:
        found |= more
    return found


def targets(model: type[models.Model]) -> set[type[models.Model]]:
    return {field.related_model for field in foreign_keys(model)}


def free(field: models.Field) -> bool:  # type: ignore[type-arg]
    """Whether somebody types it in their own words."""
    written = isinstance(field, models.CharField | models.TextField) and not field.choices and not field.generated
    return written and not isinstance(field, models.SlugField | models.EmailField | models.URLField)


def sealed() -> list[SealedTextField]:
    return [field for model in ours() for field in model._meta.concrete_fields if isinstance(field, SealedTextField)]


def name(field: models.Field) -> str:  # type: ignore[type-arg]
    return f"{field.model._meta.label}.{field.name}"


@pytest.mark.parametrize("field", sealed(), ids=name)
def test_a_sealed_text_is_named_as_sensitive_as_it_is_sealed(field: SealedTextField) -> None:
    said = tiers_of(field.model.Privacy)[field.name]
    least = Tier.T2 if callable(field.tier) else field.tier
    assert said >= least, f"its text is sealed as {least.name}: name it in `t{least.value}` of its class Privacy"
    assert callable(field.tier) or said == field.tier, f"it is named in `t{said.value}` and sealed as {least.name}"


def test_sentences_about_people_are_sealed() -> None:
    open_, kept = set(), set()
    for model in about_people():
        tiers = tiers_of(model.Privacy)  # type: ignore[attr-defined]
        for field in filter(free, model._meta.concrete_fields):
            length = field.max_length or 10_000
            if length > WORDS or (length > CODE and tiers[field.name] == Tier.T0):
                (kept if name(field) in PLAIN else open_).add(name(field))
    assert sorted(open_) == [], (
        f"text about somebody in clear: make it a SealedTextField in `t2`, or (up to {WORDS} letters) name it in `t1`;"
        " or say why not in PLAIN of tests/<module>/matrix.py"
    )
    assert sorted(set(PLAIN) - kept) == [], "no such text stands in clear any more: take it out of PLAIN"


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_what_protecting_takes_out_comes_back_whole(model: type[models.Model]) -> None:
    """Rows that are sealed and deleted come back of what `sealed` names alone: a field that is left out is lost."""
    privacy = model.Privacy  # type: ignore[attr-defined]
    if privacy.protect != "seal":
        return
    back = set(privacy.sealed.split())
    lost = {
        field.name
        for field in model._meta.concrete_fields
        if not (field.primary_key or field.generated or field.related_model is Person or field.name in MADE_ANEW)
        and not back & {field.name, field.attname}
    }
    assert not lost, f"name them in `sealed` of its class Privacy: {sorted(lost)}"


# What a row gets anew when it is saved: its reference; how a name sounds.
MADE_ANEW = {"ref", "folded", "keys", "script"}
