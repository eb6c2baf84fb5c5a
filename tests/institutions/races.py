"""Two who change the same institution at once: see tests/harness/races.py."""

from przystan.institutions import actions
from przystan.institutions.models import AgreementKind
from przystan.institutions.rules.newcomer import Called
from tests import factories
from tests.harness.races import Race, by, holds, one_of_two
from tests.institutions import making


@holds("institutions.actions.holding.held", "the last two names do not both go; what is merged away takes nothing in")
def both_names_removed() -> Race:
    centre = factories.organisation()
    one, other = (factories.actor(centre, "coordinator") for _ in range(2))
    office = making.institution(centre, "Powiatowy Urząd Pracy", Called("PUP"))
    first, second = office.names.order_by("pk")
    return Race(
        by(one, lambda: actions.remove(by=one, row=first)),
        by(other, lambda: actions.remove(by=other, row=second)),
        one_of_two,
    )


@holds("access.moving.locked", "neither of two that become one is merged meanwhile")
def merged_into_what_is_just_merged_away() -> Race:
    centre = factories.organisation()
    one, other = (factories.actor(centre, "coordinator") for _ in range(2))
    a, b, c = (making.institution(centre, f"Office {number} 7712") for number in (1, 2, 3))
    return Race(
        by(one, lambda: actions.merge(by=one, kept=a, absorbed=b)),
        by(other, lambda: actions.merge(by=other, kept=b, absorbed=c)),
        one_of_two,
    )


@holds("institutions.actions.catalogue.retire_kind", "one kind is always offered")
def the_last_two_kinds_retired() -> Race:
    centre = factories.organisation()
    one, other = (factories.actor(centre, "coordinator") for _ in range(2))
    AgreementKind.objects.update(retired=True)
    first, second = (
        AgreementKind.objects.create(code=f"kind-{centre.pk}-{number}", names={"en": "Kind"}) for number in (1, 2)
    )
    return Race(
        by(one, lambda: actions.retire_kind(by=one, kind=first, retired=True)),
        by(other, lambda: actions.retire_kind(by=other, kind=second, retired=True)),
        one_of_two,
    )
