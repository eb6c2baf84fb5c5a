"""Two who save the same form at once: see tests/harness/races.py."""

from django.urls import reverse

from tests import factories
from tests.harness.races import Race, holds, one_of_two
from tests.ui.test_seen import drawn, logged_in


@holds("ui.seen.__init__", "what is saved is compared with what was shown")
def a_programme_saved_by_two() -> Race:
    centre = factories.organisation()
    page = reverse("funding:change", args=[factories.programme(centre, factories.service()).ref])
    one, other = logged_in(centre), logged_in(centre)
    theirs, mine = drawn(one, page), drawn(other, page)
    return Race(
        lambda: one.post(page, theirs | {"agreement": "A-77"}),
        lambda: other.post(page, mine | {"rank": "7"}),
        one_of_two,
    )
