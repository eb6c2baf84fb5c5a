"""A copy takes a second to close: a job makes it, and its passphrase is shown by the request alone."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from przystan.access.models import User
from przystan.errands import tasks
from przystan.errands.enums import ErrandState
from przystan.errands.models import Errand
from przystan.privacy import by_errand
from przystan.privacy.models import Pack
from tests import factories
from tests.harness.age import QuickLock
from tests.staff.making import worker

pytestmark = pytest.mark.django_db
WORDS = re.compile(r"\b(?:[0-9a-z]{5}-){4}[0-9a-z]{5}\b")


@pytest.fixture
def user(settings: Any) -> User:
    settings.ERRAND_SECONDS = 0.15
    return factories.user(factories.point(factories.organisation()).organisation, "coordinator")


def of_person(user: User) -> tuple[str, str, str]:
    """Where a copy is made, where one finds it, and a word in it."""
    person = factories.person(user.memberships.get().organisation.points.get(), "Олена Коваленко", team=[user])
    return reverse("privacy:copy", args=[person.ref]), reverse("privacy:person", args=[person.ref]), "Коваленко"


def of_worker(user: User) -> tuple[str, str, str]:
    made = worker(organisation=user.memberships.get().organisation, name="Ala Nowak", user=user)
    words = ["staff.worker", made.ref]
    return reverse("privacy:subject_copy", args=words), reverse("privacy:subject", args=words), "Nowak"


@pytest.mark.parametrize("of", [of_person, of_worker])
def test_its_words_are_shown_once_and_forgotten_when_it_is_made(user: User, of: Any) -> None:
    make, found, word = of(user)
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    page = client.post(make, {"language": "pl"}).content.decode()
    said, errand = WORDS.search(page), Errand.objects.get()
    assert said
    assert reverse("errands:errand", args=[errand.ref]) in page
    assert not Pack.objects.exists()
    assert said[0] not in client.get(reverse("errands:errand", args=[errand.ref])).content.decode()
    tasks.run(errand.ref)
    errand.refresh_from_db()
    assert (errand.state, "words" in errand.values) == (ErrandState.DONE, False)
    piece = client.get(reverse("errands:errand", args=[errand.ref]), headers={"HX-Request": "true"})
    assert piece["HX-Redirect"] == found
    pack = Pack.objects.get()
    assert pack.ref in client.get(found).content.decode()
    with ZipFile(BytesIO(QuickLock.decrypt(bytes(pack.content), said[0]))) as opened:
        assert word in opened.read("data.json").decode()


def test_they_are_forgotten_too_when_it_cannot_be_made(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    make, *_ = of_person(user)
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    client.post(make, {"language": "pl"})
    monkeypatch.setattr(by_errand.exports, "packed", lambda *_any: 1 / 0)
    tasks.run(Errand.objects.get().ref)
    errand = Errand.objects.get()
    assert (errand.state, "words" in errand.values) == (ErrandState.FAILED, False)
