"""Who stays when an import is taken back: whoever anything was done for since."""

from collections.abc import Callable

import pytest

from przystan.access.scope import acting
from przystan.people.actions.bulk import remove_unused
from przystan.people.models import Channel, Person
from przystan.people.queries.used import used_people
from przystan.privacy.actions.notices import ask_to_read
from przystan.privacy.loading import load_notices
from przystan.privacy.models import LegalHold, Pack
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return factories.person(factories.point(factories.organisation()))


def asked_by_link(person: Person) -> None:
    load_notices()
    by = factories.actor(person.organisation, "adviser", person.point)
    with acting(by):
        ask_to_read(by=by, ref=person.ref, language="uk")


def held(person: Person) -> None:
    LegalHold.objects.create(person=person, reason="A court")


def copied(person: Person) -> None:
    by = factories.user(person.organisation, "coordinator")
    Pack.objects.create(organisation=person.organisation, person=person, language="pl", content=b"x", by=by)


@pytest.mark.parametrize("done", [asked_by_link, held, copied])
def test_whoever_anything_was_done_for_stays(person: Person, done: Callable[[Person], None]) -> None:
    """Each of these rows would have gone with the person, and a link that somebody has in their hand with them."""
    done(person)
    assert used_people([person.pk]) == {person.pk}
    importer = factories.actor(person.organisation, "coordinator")
    with acting(importer):
        assert remove_unused(by=importer, people=[person.pk]) == {person.pk}
    assert Person.objects.filter(pk=person.pk).exists()


def test_what_was_known_when_they_came_is_no_use(person: Person) -> None:
    Channel.objects.create(person=person, kind="email", value="ada@example.org")
    assert used_people([person.pk]) == set()
