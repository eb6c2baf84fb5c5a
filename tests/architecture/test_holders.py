"""What is kept under a tier of its own is declared by its module: access.holders."""

import pytest
from django.db.models import Model

from przystan.access.modules import holders, ways
from przystan.access.tiers import CLOSED, Tier
from przystan.people.models import Person
from przystan.people.queries.links import foreign_keys
from przystan.privacy.enums import CountedFrom, holdings
from przystan.privacy.loading import shipped_rules

from .test_models import ours

TIERED = [model for model in ours() if hasattr(model, "least_tier") and model is not Person]
EVERY = list(holders().values())


def own_tier(model: type[Model]) -> Tier:
    """How secret its rows are, whoever they are about; the highest where that depends on what a row says."""
    people = {field.name: Person() for field in foreign_keys(model) if field.related_model is Person}
    try:
        tier: Tier = model(**people).least_tier  # type: ignore[attr-defined]
    except (KeyError, ValueError):
        return Tier.T4
    return tier


@pytest.mark.parametrize("model", TIERED, ids=lambda model: model._meta.label)
def test_what_is_secret_by_itself_has_a_holder(model: type[Model]) -> None:
    said = own_tier(model) not in CLOSED or model._meta.label_lower in holders()
    assert said, "its rows are secret by themselves: say so in its module's module.py, under holders (access.holders)"


@pytest.mark.parametrize("holder", EVERY, ids=lambda holder: holder.model)
def test_a_holder_has_what_it_names(holder: object) -> None:
    table = holder.table  # type: ignore[attr-defined]
    fields = {field.name for field in table._meta.concrete_fields}
    assert {"ref", "organisation", "point", "person", holder.began, holder.ended} <= fields  # type: ignore[attr-defined]
    assert callable(table.standing_of)
    assert callable(table.objects.seen_by)
    assert holder.way in ways()  # type: ignore[attr-defined]


@pytest.mark.parametrize("holder", EVERY, ids=lambda holder: holder.model)
def test_a_holder_has_times_to_keep(holder: object) -> None:
    codes = {kept.code for kept in holder.holdings.values()}  # type: ignore[attr-defined]
    ruled = {rule["holding"] for rule in shipped_rules() if rule["counted_from"] == CountedFrom.ENDED}
    assert codes <= ruled, "put a rule for each code of its holdings into data/retention.toml of its module"
    assert codes <= dict(holdings()).keys()


def test_rules_ship_for_nothing_else() -> None:
    unknown = {rule["holding"] for rule in shipped_rules()} - dict(holdings()).keys()
    assert not unknown, f"data/retention.toml has times to keep of something that nobody declares: {', '.join(unknown)}"
