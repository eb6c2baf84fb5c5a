"""Sealed texts: whatever is changed or moved opens nowhere, and is known by it."""

from dataclasses import replace
from random import Random
from typing import Any
from unittest.mock import DEFAULT, Mock

import pytest

from przystan.access.fields import ahead
from przystan.access.keys import data
from przystan.access.keys.unlocked import ring
from przystan.access.models import DataKey
from przystan.access.sealing import Place, Unreadable, ref_in, seal, unseal
from przystan.access.tiers import Tier
from przystan.people.models import Channel, Person
from tests import factories

pytestmark = pytest.mark.django_db

TEXT = "Zażółć gęślą jaźń, Їжак і 😀, " + "long " * 50


def places(count: int) -> list[Place]:
    """Places of two holders, in several tables, rows, fields."""
    return [
        Place(1, f"holder{number % 3:06}", f"table{number % 2}", f"row{number}", f"field{number % 5}", Tier.T2)
        for number in range(count)
    ]


def test_what_is_sealed_opens_in_its_place() -> None:
    place = places(1)[0]
    blob = seal(place, TEXT)
    assert "Zażółć".encode() not in blob
    assert unseal(place, blob) == TEXT
    assert seal(place, TEXT) != blob


def test_a_thousand_changed_bits_open_nothing() -> None:
    place, rng = places(1)[0], Random(8)
    blob = seal(place, TEXT)
    for _ in range(1000):
        at, bit = rng.randrange(len(blob)), 1 << rng.randrange(8)
        changed = blob[:at] + bytes([blob[at] ^ bit]) + blob[at + 1 :]
        with pytest.raises(Unreadable):
            unseal(place, changed)


def test_a_thousand_moved_texts_open_nothing() -> None:
    rng = Random(9)
    some = places(40)
    with ring():
        blobs = [seal(place, f"{TEXT}{place.row}") for place in some]
        for _ in range(800):
            one, other = rng.sample(range(len(some)), 2)
            with pytest.raises(Unreadable):
                unseal(some[one], blobs[other])
        for place, blob in zip(some, blobs, strict=True):
            for elsewhere in (
                replace(place, organisation_id=2),
                replace(place, tier=Tier.T1),
                replace(place, holder="holder999999"),
                replace(place, field="another"),
                replace(place, table="another"),
            ):
                with pytest.raises(Unreadable):
                    unseal(elsewhere, blob)


@pytest.fixture
def channel() -> Channel:
    person = factories.person(factories.point(factories.organisation()))
    return Channel.objects.create(person=person, kind="phone", value="600 100 200", shared_with="brother-in-law")


def test_a_field_is_sealed_in_the_table_and_open_in_python(channel: Channel) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT shared_with FROM people_channel WHERE id = %s", [channel.pk])
        assert b"brother" not in bytes(cursor.fetchone()[0])
    assert Channel.objects.get(pk=channel.pk).shared_with == "brother-in-law"


def test_saving_what_was_not_opened_changes_no_byte(channel: Channel) -> None:
    found = Channel.objects.get(pk=channel.pk)
    before = bytes(Channel.objects.values_list("shared_with", flat=True).get(pk=channel.pk).blob)
    found.value = "600 100 201"
    found.save()
    assert bytes(Channel.objects.values_list("shared_with", flat=True).get(pk=channel.pk).blob) == before


def test_update_cannot_seal(channel: Channel) -> None:
    with pytest.raises(TypeError):
        Channel.objects.filter(pk=channel.pk).update(shared_with="husband")


def test_a_text_moved_to_another_row_is_unreadable_and_the_form_stays(channel: Channel) -> None:
    """The page of the person goes on; see also tests/leaks."""
    other = Channel.objects.create(person=channel.person, kind="phone", value="600 100 202", shared_with="neighbour")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_channel SET shared_with = (SELECT c.shared_with FROM people_channel c WHERE c.id = %s)"
            " WHERE id = %s",
            [channel.pk, other.pk],
        )
    moved = Channel.objects.get(pk=other.pk)
    with pytest.raises(Unreadable):
        _ = moved.shared_with
    field = Channel._meta.get_field("shared_with")
    assert field.value_from_object(moved) == ""
    blob = moved.__dict__["shared_with"].blob
    field.save_form_data(moved, "")
    moved.save()
    assert bytes(Channel.objects.values_list("shared_with", flat=True).get(pk=other.pk).blob) == blob


def test_a_person_has_one_key_for_all_their_texts(channel: Channel) -> None:
    Channel.objects.create(person=channel.person, kind="email", value="a@example.org", shared_with="son")
    assert DataKey.objects.filter(holder=channel.person.ref).count() == 1
    assert Person.objects.count() == 1


def test_a_page_opens_each_key_once(django_assert_num_queries: Any) -> None:
    """One text: two statements. Many texts of one key, or keys got ready together: no more than that."""
    some = places(40)
    blobs = [seal(place, TEXT) for place in some]
    with ring(), django_assert_num_queries(2 * 3):  # three holders
        assert [unseal(place, blob) for place, blob in zip(some, blobs, strict=True)] == [TEXT] * 40
    with ring(), django_assert_num_queries(2):
        data.ahead({ref_in(blob) for blob in blobs})
        assert [unseal(place, blob) for place, blob in zip(some, blobs, strict=True)] == [TEXT] * 40


def test_rows_of_a_list_have_their_keys_ready(channel: Channel, django_assert_num_queries: Any) -> None:
    for number in range(3):
        person = factories.person(channel.person.point)
        Channel.objects.create(person=person, kind="phone", value=f"600 100 30{number}", shared_with=f"son {number}")
    rows = list(Channel.objects.select_related("person").order_by("pk"))
    with ring(), django_assert_num_queries(2):
        ahead(rows, "shared_with")
        assert [row.shared_with for row in rows] == ["brother-in-law", "son 0", "son 1", "son 2"]


def test_two_who_seal_the_first_text_at_once_share_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    place = places(1)[0]
    first = seal(place, "theirs")
    monkeypatch.setattr(data, "_versions", Mock(wraps=data._versions, side_effect=[DataKey.objects.none(), DEFAULT]))
    second = seal(place, "mine")
    assert ref_in(first) == ref_in(second)
    assert [unseal(place, blob) for blob in (first, second)] == ["theirs", "mine"]
