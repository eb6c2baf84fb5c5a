"""After an update that makes the keys of names otherwise, everybody is still found."""

from collections.abc import Callable

import pytest
from django.db import connection

from przystan.people.actions import names, respell_if_older
from przystan.people.models import PersonName
from przystan.people.queries import search
from przystan.project import shipping
from przystan.project.cli import centre
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_the_owner")]


def test_keys_of_an_older_version_are_made_anew_once(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Callable[..., object]
) -> None:
    person = factories.person(factories.point(factories.organisation()), "Олена Коваленко")
    respell_if_older()
    PersonName.objects.update(keys=["t:OLD"], folded="old")
    adviser = factories.actor(person.organisation)
    with django_assert_num_queries(1):
        assert respell_if_older() == 0  # made by this version, as far as it is known: nothing is read
    assert search(adviser, "Olena Kovalenko") == []
    monkeypatch.setattr(names, "KEYS_VERSION", 999)
    assert respell_if_older() == 1
    assert [one.person for one in search(adviser, "Olena Kovalenko")] == [person]
    with django_assert_num_queries(1):
        assert respell_if_older() == 0


def test_migrating_makes_them_anew(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    person = factories.person(factories.point(factories.organisation()), "Олена Коваленко")
    with connection.cursor() as cursor:
        cursor.execute("COMMENT ON COLUMN people_personname.keys IS NULL")
    PersonName.objects.update(keys=[])
    monkeypatch.setattr(shipping, "load_if_changed", lambda: None)
    centre.migrate()
    assert person.names.get().keys
    assert "looks for them: 1." in capsys.readouterr().err
