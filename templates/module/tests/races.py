"""Two who change one row of sample at once: see tests/harness/races.py."""

from django.utils import timezone
from przystan.sample import actions
from przystan.sample.models import Item

from tests import factories
from tests.harness.races import Race, by, holds, one_of_two


@holds("sample.actions._held", "what is done is not removed meanwhile, nor done twice")
def done_while_it_is_removed() -> Race:
    point = factories.point(factories.organisation())
    one, other = (factories.actor(point.organisation, "adviser", point) for _ in range(2))
    person = factories.person(point, team=[one, other])
    item = Item.objects.create(person=person, day=timezone.localdate(), title="One")
    return Race(
        by(one, lambda: actions.finish_item(by=one, item=item)),
        by(other, lambda: actions.remove_item(by=other, item=item)),
        one_of_two,
    )
