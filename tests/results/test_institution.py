"""What came of working with an institution, on its page: a part that results add to a page of a lower module."""

import pytest
from django.test import Client
from django.urls import reverse

from przystan.access.modules import parts
from przystan.people.models import Person
from przystan.results.actions import correct
from przystan.results.parts import SHOWN
from przystan.results.queries import of_institution
from przystan.team.models import Organisation
from tests import factories
from tests.harness.queries import queries_of_view
from tests.results.world import Centre

pytestmark = pytest.mark.django_db
TITLE = "What came of it"
STATEMENTS = 11  # of the page of an institution


@pytest.fixture
def centre() -> Centre:
    return Centre()


def page(centre: Centre, role: str = "adviser", of: Organisation | None = None) -> str:
    client = Client(headers={"accept-language": "en"})
    house = of or centre.organisation
    client.force_login(factories.user(house, role, centre.point if house == centre.organisation else None))
    return client.get(reverse("institutions:institution", args=[centre.school.ref])).text


def supported(centre: Centre, **values: object) -> None:
    centre.note("institution_supported", institution=centre.school.ref, **values)


def test_it_is_a_part_that_the_page_asks_for() -> None:
    assert [part.template for part in parts("institution")] == ["results/_institution.html"]  # type: ignore[union-attr]


def test_who_may_read_results_sees_them_each_leading_to_its_page(centre: Centre) -> None:
    assert TITLE not in page(centre), "nothing came of it yet"
    made = centre.note("institution_supported", institution=centre.school.ref)
    for role in ("adviser", "coordinator", "grant_officer"):
        assert reverse("desk:result", args=[made.ref]) in page(centre, role), role
    assert TITLE not in page(centre, "interpreter"), "who may not read results"


def test_what_came_elsewhere_is_not_shown(centre: Centre) -> None:
    centre.note("institution_supported", institution=centre.institution("School 913").ref)
    centre.note(), centre.note("event_held")
    assert TITLE not in page(centre)


def test_who_works_elsewhere_sees_none_of_this_point(centre: Centre) -> None:
    supported(centre)
    other = factories.actor(centre.organisation, "adviser", factories.point(centre.organisation))
    assert list(of_institution(other, centre.school)) == []
    assert list(of_institution(centre.coordinator, centre.school))


def test_no_person_is_named_there(centre: Centre) -> None:
    supported(centre, evidence="folder 7")
    shown = page(centre)
    assert [word for word in (Person.objects.get().display_name, "folder 7") if word in shown] == []


def test_what_was_corrected_says_so(centre: Centre) -> None:
    made = centre.note("institution_supported", institution=centre.school.ref, day=centre.past)
    centre.close()
    correct(by=centre.coordinator, result=made, reason="It was another school")
    assert "counter-entry" in page(centre)


def test_the_latest_are_shown_at_the_same_cost(centre: Centre) -> None:
    supported(centre)
    client = Client(headers={"accept-language": "en"})
    client.force_login(factories.user(centre.organisation, "adviser", centre.point))
    there = reverse("institutions:institution", args=[centre.school.ref])
    client.get(there)
    for number in (1, SHOWN + 1):
        with queries_of_view(STATEMENTS):
            client.get(there)
        for _ in range(SHOWN * (number == 1)):
            supported(centre)
    shown = client.get(there).text
    assert shown.count("/results/") == SHOWN
    assert "Only the latest are shown here." in shown
