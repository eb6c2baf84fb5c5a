"""Rights of who works here over their own data: how long it is kept, what erasing leaves, a copy."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from przystan.access.actors import Forbidden, system
from przystan.access.models import AuditEntry
from przystan.access.scope import acting
from przystan.access.tiers import Tier
from przystan.links.models import Link
from przystan.people.queries.links import _may_be_shared
from przystan.privacy import actions, exports
from przystan.privacy.enums import ErasureState
from przystan.privacy.loading import load_retention
from przystan.privacy.models import Erasure, Pack, RetentionRule
from przystan.privacy.models.packs import named
from przystan.privacy.queries.copying import _relation, copy_of
from przystan.staff import actions as staff
from przystan.staff.loading import load_paper_kinds
from przystan.staff.models import Agreement, AgreementKind, Hour, Proof, Worker
from przystan.staff.rights import STAFF_WRITE
from przystan.staff.subject import WORKERS
from tests.staff import making
from tests.staff.conftest import House

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def rules() -> None:
    load_paper_kinds()
    load_retention()


def worked(house: House, kind: str, first: date, last: date | None, **more: Any) -> Worker:
    """Somebody without an account, with papers."""
    one = making.worker(house.here, f"Teodozja {kind}", phone="600 100 200", told_on=first, **more)
    making.agreement(one, first, last, kind=AgreementKind.objects.get(code=kind))
    making.proof(one, day=first), making.country(one), making.language(one), making.availability(one)
    return one


def night(house: House, day: date) -> list[Erasure]:
    return actions.look_over(house.here.organisation_id, day)


LAW = [
    ("employment", date(2019, 1, 1), date(2020, 3, 10), date(2031, 1, 31)),
    ("employment", date(2018, 12, 31), date(2020, 3, 10), date(2070, 3, 10)),
    ("volunteer", date(2020, 1, 1), date(2020, 12, 31), date(2026, 12, 31)),
    ("civil_contract", date(2020, 1, 1), date(2021, 1, 1), date(2027, 12, 31)),
    ("secondment", date(2015, 1, 1), date(2020, 5, 5), date(2023, 12, 31)),
]


@pytest.mark.parametrize(("kind", "first", "last", "until"), LAW)
def test_papers_are_kept_to_the_day_that_the_rule_says(
    house: House, kind: str, first: date, last: date, until: date
) -> None:
    """And then wait for somebody's word: until it is given, nothing goes."""
    one = worked(house, kind, first, last)
    assert night(house, until) == []
    [asked] = night(house, until + DAY)
    assert (asked.state, asked.object_ref) == (ErasureState.WAITING, one.ref)
    assert night(house, until + 2 * DAY) == []
    assert Proof.objects.filter(worker=one).exists()
    with acting(house.actor("lead")) as lead:
        actions.confirm_erasure(by=lead, erasure=asked, day=until + 2 * DAY)
    assert not Worker.objects.filter(pk=one.pk).exists()
    assert not Agreement.objects.exists()


def test_who_works_here_again_is_not_erased_by_an_old_list(house: House) -> None:
    """It waited for a yes, and meanwhile they came back."""
    one = worked(house, "secondment", date(2015, 1, 1), date(2015, 2, 1))
    [asked] = night(house, timezone.localdate())
    with acting(house.actor("lead")) as lead:
        kind = AgreementKind.objects.get(code="employment")
        staff.add_agreement(by=lead, worker=one, kind=kind, valid_from=timezone.localdate())
    client = house.client("lead")
    page = client.post(reverse("privacy:confirm", args=[asked.ref]), follow=True)
    assert "Nothing was erased" in page.text
    assert one.agreements.count() == 2
    client.post(reverse("privacy:withdraw", args=[asked.ref]))
    assert Erasure.objects.get().state == ErasureState.WITHDRAWN


def test_copies_of_their_data_go_with_them(house: House) -> None:
    one = worked(house, "secondment", date(2015, 1, 1), date(2015, 2, 1))
    [asked] = night(house, timezone.localdate())
    at = ["staff.worker", one.ref]
    house.client("lead").post(reverse("privacy:subject_copy", args=at), {"language": "pl"})
    assert Pack.objects.exists()
    with acting(house.actor("lead of all")) as lead:
        actions.confirm_erasure(by=lead, erasure=asked)
    assert not Pack.objects.exists()


def test_a_link_about_their_hour_leads_nowhere_once_they_are_erased(house: House) -> None:
    """Nobody answers for who is gone; the hour, which nobody confirmed, goes with them."""
    one = worked(house, "secondment", date(2015, 1, 1), date(2015, 2, 1))
    hour = making.hour(one, day=date(2015, 1, 5), noted_by=house.users["lead of all"])
    with acting(house.actor("lead")) as lead:
        link = staff.ask_to_confirm(by=lead, ref=hour.ref, language="pl").link
    assert link.is_open
    [asked] = night(house, timezone.localdate())
    with acting(house.actor("lead of all")) as lead:
        actions.confirm_erasure(by=lead, erasure=asked)
    left = Link.objects.filter(pk=link.pk).first()
    assert left is None or not left.is_open


def test_of_two_agreements_the_longer_time_holds(house: House) -> None:
    one = worked(house, "volunteer", date(2015, 1, 1), date(2016, 1, 1))
    making.agreement(one, date(2019, 2, 1), date(2019, 3, 1), kind=AgreementKind.objects.get(code="employment"))
    assert night(house, date(2030, 1, 31)) == []
    assert len(night(house, date(2030, 2, 1))) == 1


def test_who_still_works_here_is_kept(house: House) -> None:
    """By an agreement without an end, by one to come, or because they log in."""
    later = date(2099, 1, 1)
    worked(house, "volunteer", date(2015, 1, 1), None)
    to_come = worked(house, "secondment", date(2015, 1, 1), date(2015, 2, 1))
    making.agreement(to_come, date(2098, 1, 1), later, kind=AgreementKind.objects.get(code="volunteer"))
    making.agreement(house.hasan, date(2015, 1, 1), date(2015, 2, 1), kind=AgreementKind.objects.get(code="volunteer"))
    assert night(house, later) == []
    house.users["interpreter"].is_active = False
    house.users["interpreter"].save(update_fields=["is_active"])
    assert [one.object_ref for one in night(house, later)] == [house.hasan.ref]


def test_what_was_struck_out_keeps_nobody(house: House) -> None:
    one = worked(house, "employment", date(2019, 1, 1), None)
    one.agreements.update(struck_at=timezone.now())
    [done] = night(house, timezone.localdate() + timedelta(days=370))
    assert done.state == ErasureState.DONE
    assert not Worker.objects.filter(pk=one.pk).exists()


def test_hours_after_the_last_agreement_are_counted_too(house: House) -> None:
    one = worked(house, "secondment", date(2015, 1, 1), date(2015, 2, 1))
    making.hour(one, day=date(2020, 6, 1))
    assert night(house, date(2021, 6, 1)) == []
    [asked] = night(house, date(2021, 6, 2))
    assert asked.state == ErasureState.WAITING, "one of the two rules asks"


def test_the_last_day_of_an_agreement_is_a_day_of_it(house: House) -> None:
    last = date(2015, 2, 1)
    one = worked(house, "secondment", date(2015, 1, 1), last)
    making.hour(one, day=last)
    with acting(system(house.here.organisation_id, "test")):
        assert list(WORKERS.over(house.here.organisation_id, last)) == []
        [over] = WORKERS.over(house.here.organisation_id, last + DAY)
    assert (over.row, over.counted) == (one, (("work_sent", last),))


def test_without_a_rule_somebody_must_decide(house: House) -> None:
    worked(house, "secondment", date(2015, 1, 1), date(2015, 2, 1))
    RetentionRule.objects.filter(holding="work_sent").delete()
    assert night(house, date(2099, 1, 1)) == []


def everything() -> str:
    """All rows of all tables, as PostgreSQL writes them."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return "\n".join(str(row) for table in tables for row in _rows(cursor, table))


def _rows(cursor: Any, table: str) -> list[Any]:
    cursor.execute(f'SELECT t::text FROM "{table}" t')
    return list(cursor.fetchall())


def test_of_confirmed_hours_the_numbers_stay_and_no_name(house: House) -> None:
    """Bills were paid by them. Who it was, what was never confirmed and all papers are gone, whoever noted what."""
    hasan, user = house.hasan, house.users["interpreter"]
    Worker.objects.filter(pk=hasan.pk).update(name="Teodozja Unikatowa", email="teodozja@example.org")
    making.agreement(hasan, date(2015, 1, 1), date(2015, 12, 31), kind=AgreementKind.objects.get(code="volunteer"))
    said = {"confirmed_at": timezone.now(), "confirmed_how": "account"}
    day = date(2015, 5, 5)
    mine = making.hour(hasan, day=day, minutes=90, noted_by=user, confirmed_by=house.users["lead"], **said)
    theirs = making.hour(hasan, day=day, minutes=30, noted_by=house.users["lead"], confirmed_by=user, **said)
    back = making.hour(hasan, day=day, minutes=30, sign=-1, reverses=theirs, noted_by=user)
    loose = making.hour(hasan, day=day, minutes=15, noted_by=user)
    making.hour(hasan, day=day, minutes=15, sign=-1, reverses=loose, noted_by=user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    [asked] = night(house, date(2022, 1, 1))
    with acting(house.actor("lead of all")) as lead:
        done = actions.confirm_erasure(by=lead, erasure=asked)
    assert done.report["deleted"] == {"staff.agreement": 1, "staff.hour": 3}
    assert done.report["emptied"] == {"staff.worker": 1, "staff.hour": 2}
    left = Hour.objects.order_by("minutes")
    assert [(hour.minutes, hour.day) for hour in left] == [(30, day), (90, day)]
    assert user.pk not in {pk for hour in left for pk in (hour.noted_by_id, hour.confirmed_by_id)}
    assert {hour.confirmed_how for hour in left} == {"account", "erased"}
    assert {back.pk, loose.pk}.isdisjoint(left.values_list("pk", flat=True))
    assert mine.worker_id == hasan.pk
    gone = Worker.objects.get(pk=hasan.pk)
    assert (gone.name, gone.user, gone.had_account) == ("", None, False)
    assert "eodozja" not in everything()
    lead = house.client("lead")
    assert lead.get(reverse("staff:worker", args=[hasan.ref])).status_code == 404
    assert hasan.ref not in lead.get(reverse("staff:index")).text
    assert night(house, date(2099, 1, 1)) == []


def test_who_confirms_is_who_leads_them_or_the_data_protection_officer(house: House) -> None:
    worked(house, "secondment", date(2015, 1, 1), date(2015, 2, 1))
    [asked] = night(house, date(2099, 1, 1))
    for who in ("lead there", "adviser", "volunteer", "stranger"):
        with acting(house.actor(who)) as actor, pytest.raises((Forbidden, Erasure.DoesNotExist)):
            actions.confirm_erasure(by=actor, erasure=asked)
    page = house.client("lead").get(reverse("privacy:erasures")).text
    assert "one who works here" in page
    assert house.client("lead there").get(reverse("privacy:erasures")).text.count(asked.object_ref) == 0
    house.client("lead").post(reverse("privacy:confirm", args=[asked.ref]))
    assert Erasure.objects.get().state == ErasureState.DONE


def test_nobody_confirms_that_they_themselves_are_erased(house: House) -> None:
    lead = house.users["lead"]
    julia = making.worker(house.here, "Julia Lead", user=lead)
    asked = Erasure.objects.create(
        organisation_id=house.here.organisation_id, model="staff.worker", object_ref=julia.ref, scope="subject"
    )
    with acting(house.actor("lead")) as actor, pytest.raises(Forbidden):
        actions.confirm_erasure(by=actor, erasure=asked)


@pytest.mark.parametrize("who", ["adviser", "lead"])
def test_a_copy_is_fetched_by_nobody_else_by_the_action_either(house: House, who: str) -> None:
    """Neither by who does not answer for them, nor by who does and has not made it: the passphrase is another's."""
    pack = Pack(organisation_id=house.here.organisation_id, by=house.users["interpreter"], **named(house.hasan))
    with acting(house.actor(who)) as actor, pytest.raises(Forbidden):
        actions.fetch(by=actor, pack=pack)


def test_nobody_makes_a_copy_of_those_whom_they_do_not_lead_by_the_action_either(house: House) -> None:
    """`lead there` has the right, and leads another point; `adviser` is of this point, and has not the right."""
    about = {"subject": WORKERS, "row": house.hasan, "language": "en"}
    for who in ("lead there", "adviser"):
        with acting(house.actor(who)) as actor:
            with pytest.raises(Forbidden):
                actions.gather(by=actor, **about)
            with pytest.raises(Forbidden):
                actions.keep_pack(by=actor, content=b"", **about)


# A copy


def copied(worker: Worker) -> dict[str, Any]:
    with acting(system(worker.organisation_id, "test")) as machine:
        found: dict[str, Any] = json.loads(exports.as_json(copy_of(worker, machine)))
    return found


def test_a_copy_holds_all_that_is_kept_and_names_nobody_else(house: House) -> None:
    making.agreement(house.hasan), making.proof(house.hasan, result="found"), making.country(house.hasan)
    making.language(house.hasan), making.availability(house.hasan)
    who = {"noted_by": house.users["lead"], "for_user": house.users["adviser"]}
    hour = making.hour(house.hasan, day=date(2026, 5, 5), minutes=75, **who)
    making.hour(house.hasan, day=date(2026, 5, 5), minutes=75, sign=-1, reverses=hour, **who)
    told = copied(house.hasan)
    assert told["staff.worker"][0]["name"] == "Hasan Rahimi"
    assert told["staff.proof"][0]["result"] == "stands in the way"
    assert told["staff.countrytie"] == [{"country": "SY", "tie": "citizen", "last_year": ""}]
    assert [row["sign"] for row in told["staff.hour"]] == ["1", "-1"]
    assert told["staff.hour"][0]["for_user"] == "a member of staff"
    assert {"staff.agreement", "staff.workerlanguage", "staff.availability"} <= told.keys()
    for name in ("Olena", "Julia"):
        assert name not in str(told)


@pytest.mark.parametrize("who", ["interpreter", "lead", "lead of all"])
def test_a_copy_is_made_by_oneself_and_by_who_leads(house: House, who: str) -> None:
    client, at = house.client(who), ["staff.worker", house.hasan.ref]
    assert "As long as the work here goes on" in client.get(reverse("privacy:subject", args=at)).text
    making.agreement(house.hasan)
    page = client.post(reverse("privacy:subject_copy", args=at), {"language": "uk"})
    pack = Pack.objects.get()
    assert pack.by == house.users[who]
    fetched = client.post(reverse("privacy:fetch", args=[pack.ref]))
    assert fetched.content == bytes(pack.content)
    assert pack.ref in page.text
    other = house.client("lead" if who == "interpreter" else "interpreter")
    assert other.post(reverse("privacy:fetch", args=[pack.ref])).status_code == 404
    deeds = AuditEntry.objects.filter(object_ref=house.hasan.ref)
    assert {"copy.make", "copy.fetch", "read"} <= set(deeds.values_list("action", flat=True))
    look = deeds.get(action="read", purpose="copy")
    assert look.tier == Tier.T2
    assert {"name", "valid_from"} <= set(look.fields)


@pytest.mark.parametrize(
    "who", ["adviser", "volunteer", "other interpreter", "lead there", "administrator", "stranger"]
)
def test_nobody_else_does(house: House, who: str) -> None:
    at = ["staff.worker", house.hasan.ref]
    client = house.client(who)
    assert client.get(reverse("privacy:subject", args=at)).status_code == 404
    assert client.post(reverse("privacy:subject_copy", args=at), {"language": "pl"}).status_code == 404
    assert client.get(reverse("privacy:subject", args=["people.person", house.hasan.ref])).status_code == 404


def test_who_leads_answers_for_them_by_a_right_of_its_own(house: House) -> None:
    """Today whoever leads holds it; a role to come may lead and not hold it."""
    leads = house.actor("lead of all")
    for actor, may in ((leads, True), (replace(leads, rights=leads.rights - {STAFF_WRITE}), False)):
        with acting(actor):
            assert WORKERS.answers(actor, house.hasan) is may


def test_the_page_says_until_when_and_by_which_rule(house: House) -> None:
    one = worked(house, "employment", date(2019, 1, 1), date(2020, 3, 10))
    page = house.client("lead").get(reverse("privacy:subject", args=["staff.worker", one.ref])).text
    for words in ("31 January 2031", "art. 94 pkt 9b", "papers of employees", "Is deleted"):
        assert words in page
    client = house.client("lead")
    assert (
        reverse("privacy:subject", args=["staff.worker", one.ref])
        in client.get(reverse("staff:worker", args=[one.ref])).text
    )


def test_to_a_person_who_comes_a_worker_is_somebody_and_goes_with_nobody(house: House) -> None:
    """Lines to come will say who taught or accompanied somebody: neither copy nor erasure takes that for theirs."""
    assert not _may_be_shared(Worker)
    assert _relation(house.hasan.pk, Worker) == "somebody who works here"
