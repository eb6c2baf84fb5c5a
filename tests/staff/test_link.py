"""An interpreter without an account says through a link that noted time was so."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from przystan.access.actors import Forbidden
from przystan.access.models import AuditEntry
from przystan.access.scope import acting
from przystan.links.bearers import holding
from przystan.links.models import Link, Made
from przystan.staff import actions
from przystan.staff.actions import asking
from przystan.staff.models import Agreement, Hour, Worker
from tests.links.conftest import ADDRESS, Bearer
from tests.staff import making
from tests.staff.conftest import House

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def hour(house: House) -> Hour:
    zahra = making.worker(house.here, "Zahra Ahmadi")
    making.language(zahra, "fa"), making.language(zahra, "uk", "speaks"), making.agreement(zahra)
    return making.hour(zahra, day=TODAY, minutes=90, language="fa", noted_by=house.users["lead of all"])


def made(house: House, hour: Hour, who: str = "lead") -> Made:
    with acting(house.actor(who)) as actor:
        return actions.ask_to_confirm(by=actor, ref=hour.ref, language="en")


def test_the_whole_way(house: House, hour: Hour) -> None:
    lead = house.client("lead")
    new = reverse("links:new", args=["staff.hour", hour.ref])
    assert new in lead.get(reverse("staff:hours_of", args=[hour.worker.ref])).text
    assert '<option value="uk" selected>' in lead.get(new).text, "a language that she speaks"
    handed = lead.post(new, {"language": "en"}).text
    found = ADDRESS.search(handed)
    assert found
    bearer = Bearer(Made(Link.objects.get(), found[2]))
    cover = bearer.get().text
    for word in ("Zahra", "Persian", "Here"):
        assert word not in cover
    question = bearer.open().text
    for word in ("Was it so?", "Persian", "Here"):
        assert word in question
    bearer.post(bearer.answer)
    confirmed = Hour.objects.get()
    assert (confirmed.confirmed_how, confirmed.confirmed_by) == ("link", None)
    assert confirmed.confirmed_at
    told = AuditEntry.objects.filter(action__in=["staff.ask_hour", "staff.confirm_hour"]).order_by("seq")
    assert [(row.action, row.purpose, row.object_ref) for row in told] == [
        ("staff.ask_hour", "", hour.ref),
        ("staff.confirm_hour", "link", hour.ref),
    ]
    page = lead.get(reverse("staff:hours_of", args=[hour.worker.ref])).text
    assert "Zahra Ahmadi</span>" in page
    assert new not in page


def test_the_bearer_sees_that_hour_and_nothing_else(house: House, hour: Hour) -> None:
    making.hour(hour.worker, day=TODAY)
    with holding(made(house, hour).token) as held:
        assert held
        actor, _link = held
        assert [row.ref for row in Hour.objects.all().order_by("id")] == [hour.ref]
        assert [row.ref for row in Hour.objects.seen_by(actor)] == [hour.ref]
        assert not Worker.objects.exists()
        assert not Agreement.objects.exists()


@pytest.mark.parametrize("who", ["lead there", "adviser", "interpreter", "stranger"])
def test_only_who_leads_asks(house: House, hour: Hour, who: str) -> None:
    with pytest.raises((Forbidden, Hour.DoesNotExist)):
        made(house, hour, who)
    new = reverse("links:new", args=["staff.hour", hour.ref])
    assert house.client(who).get(new).status_code == 404
    made(house, hour)
    assert Link.objects.count() == 1


def test_nobody_confirms_by_a_link_what_they_noted_by_themselves(house: House) -> None:
    own = making.hour(house.hasan, day=TODAY, noted_by=house.users["interpreter"])
    with pytest.raises(ValidationError, match="does not wait"):
        made(house, own)


def test_asked_again_the_first_link_leads_nowhere(house: House, hour: Hour) -> None:
    first, second = made(house, hour), made(house, hour)
    assert first.link == second.link
    assert Bearer(first).get().status_code == 404
    assert Bearer(second).get().status_code == 200


@pytest.mark.parametrize("how", ["taken back", "confirmed"])
def test_what_needs_no_word_any_more_is_not_asked(house: House, hour: Hour, how: str) -> None:
    bearer = Bearer(made(house, hour))
    bearer.open()
    with acting(house.actor("lead")) as actor:
        (actions.take_back_hour if how == "taken back" else actions.confirm_hour)(by=actor, hour=hour)
    before = Hour.objects.get(pk=hour.pk).confirmed_by
    assert bearer.post(bearer.answer).status_code in (302, 404, 422, 200)
    after = Hour.objects.get(pk=hour.pk)
    assert (after.confirmed_by, after.confirmed_how == "link") == (before, False)
    with pytest.raises(ValidationError, match="does not wait"):
        made(house, hour, "lead")


@pytest.mark.parametrize("way", ["makes", "renews"])
def test_who_noted_an_hour_hands_out_no_link_for_it(house: House, hour: Hour, way: str) -> None:
    """They would hold both words: noted, and confirmed without logging in."""
    noter, new = house.client("lead of all"), reverse("links:new", args=["staff.hour", hour.ref])
    if way == "makes":
        assert new not in noter.get(reverse("staff:hours_of", args=[hour.worker.ref])).text
        refused = noter.post(new, {"language": "en"}).text
        assert "somebody else who leads here" in refused
        assert not Link.objects.exists()
    else:
        link = made(house, hour).link
        assert noter.post(reverse("links:renew", args=[link.ref])).status_code == 404
        refused = noter.post(new, {"language": "en"}).text
    assert not ADDRESS.search(refused)


def test_a_link_that_who_noted_it_handed_out_before_confirms_nothing(house: House, hour: Hour) -> None:
    bearer = Bearer(made(house, hour))
    bearer.open()
    Link.objects.update(by=house.users["lead of all"])
    assert bearer.post(bearer.answer).status_code == 404
    assert bearer.open().status_code == 404
    assert Hour.objects.get().confirmed_at is None


def test_who_has_an_account_or_had_one_confirms_by_logging_in(house: House) -> None:
    """Else whoever takes the account away could hand their word to anybody."""
    hour = making.hour(house.hasan, day=TODAY, noted_by=house.users["lead of all"])
    own = making.hour(house.hasan, day=TODAY, noted_by=house.users["interpreter"])
    with pytest.raises(ValidationError, match="by logging in"):
        made(house, hour)
    with acting(house.actor("lead")) as actor:
        actions.join_account(by=actor, worker=house.hasan, user=None)
    for one in (hour, own):
        with pytest.raises(ValidationError, match="by logging in"):
            made(house, one)
    assert "Ask by a link" not in house.client("lead").get(reverse("staff:hours_of", args=[house.hasan.ref])).text
    assert not Link.objects.exists()


def test_an_account_that_is_joined_ends_the_links_that_ask(house: House, hour: Hour) -> None:
    bearer = Bearer(made(house, hour))
    bearer.open()
    with acting(house.actor("lead")) as actor:
        actions.join_account(by=actor, worker=hour.worker, user=house.users["volunteer"])
    assert bearer.post(bearer.answer).status_code == 404
    assert Hour.objects.get().confirmed_at is None


def test_an_hour_taken_back_while_it_is_answered_leads_nowhere(
    house: House, hour: Hour, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between what was asked and the lock: a page that says so, never a fault."""
    bearer = Bearer(made(house, hour))
    bearer.open()
    read = Hour.objects.get()
    with acting(house.actor("lead")) as actor:
        actions.take_back_hour(by=actor, hour=hour)
    monkeypatch.setattr(asking, "asked", lambda by, model: read)
    assert bearer.post(bearer.answer).status_code == 404
    assert not Hour.objects.exclude(confirmed_at=None).exists()
