"""What somebody typed and did not save is kept for them alone, sealed, until it is saved, thrown away or a week old."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.utils import timezone

from przystan.access.copies import throw_copies
from przystan.access.leaving import excluded
from przystan.access.models import AuditEntry, DataKey
from przystan.access.scope import acting
from przystan.drafts import actions, tasks
from przystan.drafts.models import Draft
from przystan.kernel.refs import new_ref
from przystan.staff.models import Worker
from przystan.staff.subject import Workers

from .conftest import FORM, PASSPHRASE, WORDS, House, with_key


def raw(column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT string_agg({column}::text, ' ') FROM drafts_draft")
        return str(cursor.fetchone()[0])


def test_what_was_typed_is_offered_to_who_typed_it(house: House) -> None:
    page = house.page()
    page.type("Ol")
    assert page.type().status_code == 200
    assert Draft.objects.count() == 1, "one window writes one draft"
    assert page.turn == 2
    offered = page.offered()
    assert WORDS in offered
    assert "is kept. It is not saved." in offered
    assert WORDS not in house.page(form="/people/other/").offered()


def test_nobody_else_is_offered_it(house: House) -> None:
    """Not on the same machine, nor by its reference."""
    page = house.page()
    page.type()
    stranger = house.page(house.other)
    assert WORDS not in stranger.offered()
    assert stranger.client.post(f"/drafts/{page.ref}/away/").status_code == 404
    stranger.ref, stranger.turn = page.ref, page.turn
    assert stranger.type("taken over").status_code in (200, 410)
    assert page.draft().by == house.user
    assert WORDS in page.offered()
    with acting(house.actor(house.other)):
        assert not Draft.objects.filter(by=house.user).exists(), "the database itself shows it to nobody else"


def test_the_disk_tells_neither_the_words_nor_whom_they_are_about(house: House) -> None:
    page = house.page(form=f"/people/{house.person.ref}/names/add/")
    page.type()
    row = raw("drafts_draft")
    assert house.person.ref not in row
    assert WORDS not in row
    assert WORDS.encode().hex() not in row
    assert DataKey.objects.filter(holder=page.ref, tier=2).exists()


@pytest.mark.parametrize("tier", [3, 4])
def test_what_a_closed_file_would_hold_opens_with_the_writers_key_alone(house: House, tier: int) -> None:
    with_key(house.lawyer)
    page = house.page(house.lawyer, tier=tier)
    page.type("while the key")
    assert page.type("is locked").status_code == 200, "what is typed closes without it"
    assert "is locked" not in page.offered()
    page.client.post("/keys/unlock/", {"passphrase": PASSPHRASE})
    assert "is locked" in page.offered()
    assert page.type().status_code == 200
    assert WORDS in page.offered()
    key = DataKey.objects.get(holder=page.ref)
    assert (key.tier, key.in_escrow) == (tier, False)
    assert [wrap.user for wrap in key.wraps.all()] == [house.lawyer]
    again = house.page(house.lawyer)
    assert WORDS not in again.offered()
    assert "/keys/unlock/" in again.offered()
    again.client.post("/keys/unlock/", {"passphrase": PASSPHRASE})
    assert WORDS in again.offered()


def test_who_has_no_key_keeps_nothing_of_a_closed_file(house: House) -> None:
    assert house.page(tier=3).type().status_code == 423
    assert not Draft.objects.exists()


def test_two_windows_lose_nothing_of_each_other(house: House) -> None:
    one, two = house.page(), house.page()
    one.type("of the first")
    two.type("of the second")
    assert Draft.objects.count() == 2
    two.ref, two.turn = one.ref, one.turn  # takes it
    two.type("of the first, gone on with")
    one.type("of the first, in its own window")
    assert one.ref != two.ref
    offered = one.offered()
    assert "gone on with" in offered
    assert "in its own window" in offered


def test_it_goes_with_the_form_that_is_saved(house: House) -> None:
    page = house.page(form="/team/new/")
    page.type()
    path = f"/people/{house.person.ref}/names/new/"
    refused = page.client.post(path, {"draft": page.ref})
    assert refused.status_code == 200
    assert WORDS in page.draft().content, "what is refused is kept"
    saved = page.client.post(path, {"draft": page.ref, "text": "Olena", "kind": "known_as"})
    assert saved.status_code == 302, saved.text
    assert page.draft().over
    assert WORDS not in page.offered()
    assert not DataKey.objects.filter(holder=page.ref).exists(), "its key is gone"


def test_what_is_on_its_way_when_the_form_is_saved_comes_too_late(house: House) -> None:
    page = house.page()
    with acting(house.actor()):
        actions.settle(by=house.actor(), ref=page.ref)
    assert page.type().status_code == 410
    assert WORDS not in page.offered()


def test_what_is_saved_is_thrown_away_no_more(house: House) -> None:
    """Else what is still on its way would be kept again."""
    page = house.page()
    page.type()
    with acting(house.actor()):
        actions.settle(by=house.actor(), ref=page.ref)
    assert page.client.post(f"/drafts/{page.ref}/away/").status_code == 404
    assert page.type().status_code == 410
    assert f"/drafts/{page.ref}" not in page.offered()


def test_a_form_that_has_become_more_secret_is_kept_anew(house: House) -> None:
    """The draft before was closed with the key of the organisation."""
    with_key(house.lawyer)
    page = house.page(house.lawyer)
    page.type("harmless")
    before, page.tier = page.ref, 4
    assert page.type().status_code == 200
    assert page.ref != before
    assert DataKey.objects.get(holder=page.ref).tier == 4
    assert "harmless" in Draft.objects.get(ref=before).content


def test_a_draft_of_somebody_else_is_not_settled(house: House) -> None:
    page = house.page()
    page.type()
    with acting(house.actor(house.other)):
        actions.settle(by=house.actor(house.other), ref=page.ref)
    assert not page.draft().over
    assert WORDS in page.offered()


def test_thrown_away(house: House) -> None:
    page = house.page()
    page.type()
    assert page.client.post(f"/drafts/{page.ref}/away/").status_code == 204
    assert not Draft.objects.exists()
    assert not DataKey.objects.filter(holder=page.ref).exists()
    assert page.client.post(f"/drafts/{page.ref}/away/").status_code == 404


def test_it_leaves_no_row_in_the_audit_log(house: House) -> None:
    before = AuditEntry.objects.count()
    page = house.page(form=f"/people/{house.person.ref}/")
    page.type()
    page.offered()
    page.client.post(f"/drafts/{page.ref}/away/")
    assert AuditEntry.objects.count() == before


def test_left_for_some_days_it_goes(house: House, settings: LazySettings) -> None:
    old, new = house.page(), house.page()
    old.type()
    new.type("of yesterday")
    Draft.objects.filter(ref=old.ref).update(at=timezone.now() - timedelta(days=settings.DRAFT_DAYS, minutes=1))
    Draft.objects.filter(ref=new.ref).update(at=timezone.now() - timedelta(days=settings.DRAFT_DAYS - 1))
    tasks.throw_old(0)
    assert list(Draft.objects.values_list("ref", flat=True)) == [new.ref]
    assert not DataKey.objects.filter(holder=old.ref).exists()


def test_beside_too_many_the_oldest_goes(house: House, settings: LazySettings) -> None:
    settings.DRAFTS_MOST = 2
    pages = [house.page(form=f"/people/{n}/") for n in range(3)]
    for page in pages:
        page.type()
    assert set(Draft.objects.values_list("ref", flat=True)) == {page.ref for page in pages[1:]}


@pytest.mark.parametrize(
    "sent",
    [
        {"values": "[]"},
        {"values": "no json"},
        {"values": '{"a": "' + "x" * 200_000 + '"}'},
        {"tier": "9"},
        {"ref": "UPPER"},
        {"turn": "-1"},
        {"form": ""},
    ],
)
def test_what_no_page_sends_is_refused(house: House, sent: dict[str, str]) -> None:
    whole = {"form": FORM, "tier": "2", "ref": new_ref(), "turn": "0", "values": "{}"}
    client = house.client()
    assert client.post("/drafts/kept/", whole).status_code == 200
    assert client.post("/drafts/kept/", whole | sent).status_code == 400


def test_script_in_it_is_words(house: House) -> None:
    page = house.page()
    page.type('"><script>alert(1)</script>')
    assert "<script>" not in page.offered()


def test_it_goes_with_whom_it_names(house: House) -> None:
    """With who is erased, what names them; where somebody is hidden, all that names anybody."""
    named, other = house.page(form=f"/people/{house.person.ref}/"), house.page(form=f"/x/{new_ref()}/")
    nobody = house.page()
    for page in (named, other, nobody):
        page.type()
    throw_copies(house.centre.pk, {house.person.ref})
    assert set(Draft.objects.values_list("ref", flat=True)) == {other.ref, nobody.ref}
    throw_copies(house.centre.pk)
    assert set(Draft.objects.values_list("ref", flat=True)) == {nobody.ref}


def test_what_the_fields_name_counts_too(house: House) -> None:
    page = house.page()
    page.type(house.person.ref)
    throw_copies(house.centre.pk, {house.person.ref})
    assert not Draft.objects.exists()


def test_who_is_excluded_keeps_nothing_that_names_anybody(house: House) -> None:
    page, theirs = house.page(form=f"/people/{house.person.ref}/"), house.page(house.other, form=f"/x/{new_ref()}/")
    page.type()
    theirs.type()
    excluded(house.actor(), house.person, house.user)
    assert list(Draft.objects.values_list("by", flat=True)) == [house.other.pk]


def test_it_goes_with_whom_it_belongs_to(house: House) -> None:
    house.page().type()
    house.page(house.other).type()
    worker = Worker.objects.create(organisation=house.centre, user=house.user)
    Workers().forget(worker)
    assert list(Draft.objects.values_list("by", flat=True)) == [house.other.pk]
