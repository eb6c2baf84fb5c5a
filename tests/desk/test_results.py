"""Results on pages: noted from the person's page, listed, changed, corrected, and whose they are not for."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from przystan.access.models import AuditEntry, User
from przystan.people.models import Exclusion
from przystan.results.models import Result, ResultKind
from przystan.team.models import Membership
from tests import factories
from tests.results.world import Centre

pytestmark = pytest.mark.django_db


class Desk(Centre):
    """With accounts, and a programme that counts every result."""

    def __init__(self) -> None:
        super().__init__()
        self.programme = factories.programme(self.organisation, name="Counting all")
        factories.indicator(self.programme, "results")
        self.page = client(User.objects.get(pk=self.adviser.user_id))
        self.lead = client(User.objects.get(pk=self.coordinator.user_id))

    def fields(self, **values: object) -> dict[str, object]:
        sent = {"before": "A1", "after": "A2", "day": self.today.isoformat(), "proof": "test", "evidence": "folder 3"}
        return {**sent, "point": self.point.pk, **values}

    def url(self, kind: str = "language_level", *, person: bool = True) -> str:
        who = f"person={self.person.ref}&" if person else ""
        return f"{reverse('desk:note_result')}?{who}kind={kind}"


def client(user: User) -> Client:
    found = Client(headers={"accept-language": "en"})
    found.force_login(user)
    return found


def at(name: str, result: Result) -> str:
    return reverse(f"desk:{name}", args=[result.ref])


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_from_the_page_of_a_person_to_the_list_and_back(desk: Desk) -> None:
    there = reverse("desk:person", args=[desk.person.ref])
    assert f"{reverse('desk:note_result')}?person={desk.person.ref}" in desk.page.get(there).text
    kinds = desk.page.get(f"{reverse('desk:note_result')}?person={desk.person.ref}").text
    assert "Higher level of Polish" in kinds
    assert "Event held" not in kinds, "it is of nobody"
    assert 'name="after"' in desk.page.get(desk.url()).text
    assert desk.page.post(desk.url(), desk.fields()).url == there
    result = Result.objects.get()
    assert (result.person, result.before, result.after, result.proof) == (desk.person, "A1", "A2", "test")
    page = desk.page.get(there).text
    assert at("result", result) in page
    assert "A1 → A2" in page
    assert "Counting all" in page
    listed = desk.page.get(reverse("desk:results")).text
    assert at("result", result) in listed
    assert desk.person.display_name in listed
    opened = desk.page.get(at("result", result)).text
    assert "folder 3" in opened
    assert "a test or an exam" in opened


def test_of_nobody_it_is_noted_from_the_list(desk: Desk) -> None:
    assert "Event held" in desk.page.get(reverse("desk:note_result")).text
    form = desk.page.get(desk.url("volunteer_hours", person=False)).text
    assert 'name="after"' not in form
    sent = {key: value for key, value in desk.fields(minutes="1:30").items() if key not in ("before", "after")}
    desk.page.post(desk.url("volunteer_hours", person=False), sent)
    assert Result.objects.get().minutes == 90


def test_a_kind_of_a_person_needs_one(desk: Desk) -> None:
    assert desk.page.get(desk.url(person=False)).status_code == 404
    assert desk.page.get(desk.url("event_held")).status_code == 404
    assert desk.page.get(desk.url("no-such")).status_code == 404


def test_what_does_not_fit_is_said_and_kept(desk: Desk) -> None:
    page = desk.page.post(desk.url(), desk.fields(before="B1", evidence="kept words")).text
    assert "must be higher" in page
    assert "kept words" in page
    assert not Result.objects.exists()


def test_the_same_form_twice_is_one_result(desk: Desk) -> None:
    token = re.search(r'name="form_token" value="([^"]+)"', desk.page.get(desk.url()).text)
    assert token
    for _each in range(2):
        assert desk.page.post(desk.url(), desk.fields(form_token=token[1])).status_code == 302
    assert Result.objects.count() == 1


def test_all_that_came_of_it_stands_on_the_page_of_the_person(desk: Desk) -> None:
    """None is left out in silence, however many there are."""
    kind = ResultKind.objects.get(code="language_level")
    noted = [factories.result(desk.point, kind, desk.person, desk.today) for _ in range(24)]
    page = desk.page.get(reverse("desk:person", args=[desk.person.ref])).text
    assert all(at("result", one) in page for one in noted)


def test_it_is_changed_and_says_what_it_said(desk: Desk) -> None:
    desk.page.post(desk.url(), desk.fields())
    result = Result.objects.get()
    form = desk.page.get(at("amend_result", result)).text
    assert "folder 3" in form
    desk.page.post(at("amend_result", result), desk.fields(after="B1", version=1))
    result.refresh_from_db()
    assert (result.after, result.version) == ("B1", 2)
    assert "A2" in desk.page.get(at("result_history", result)).text


def test_who_saves_second_sees_both_and_saves_again(desk: Desk) -> None:
    desk.page.post(desk.url(), desk.fields())
    result = Result.objects.get()
    desk.page.post(at("amend_result", result), desk.fields(after="B1", minutes="1:30", version=1))
    second = desk.page.post(at("amend_result", result), desk.fields(after="B2", version=1)).text
    assert "Somebody changed this entry while you were writing." in second
    saved_now = second[second.index("What is saved now") :].split("</dl>")[0]
    assert "Level now" in saved_now
    assert "B1" in saved_now
    assert "Where the proof is" not in saved_now, "both say the same"
    assert '<option value="B2" selected' in second, "what was written is kept"
    version = re.search(r'name="version" value="(\d+)"', second)
    assert version
    assert desk.page.post(at("amend_result", result), desk.fields(after="B2", version=version[1])).status_code == 302
    assert Result.objects.get().after == "B2"


def test_a_counter_entry_is_not_changed(desk: Desk) -> None:
    desk.page.post(desk.url(), desk.fields(day=desk.past.isoformat()))
    result = Result.objects.get()
    desk.close()
    desk.lead.post(at("correct_result", result), {"what": "take_back", "correction_reason": "noted twice"})
    assert desk.lead.get(at("amend_result", Result.objects.get(sign=-1))).status_code == 404


def test_it_is_taken_back_while_its_period_is_open(desk: Desk) -> None:
    desk.page.post(desk.url(), desk.fields())
    assert desk.page.post(at("remove_result", Result.objects.get())).url == reverse("desk:results")
    assert not Result.objects.exists()


def test_a_closed_one_is_corrected(desk: Desk) -> None:
    desk.page.post(desk.url(), desk.fields(day=desk.past.isoformat()))
    result = Result.objects.get()
    desk.close()
    assert desk.lead.get(at("amend_result", result)).url == at("correct_result", result)
    assert desk.page.get(at("correct_result", result)).status_code == 404, "the adviser closes no periods"
    sent = desk.fields(day=desk.past.isoformat(), after="B1")
    assert "an auditor will ask" in desk.lead.post(at("correct_result", result), sent).text
    desk.lead.post(at("correct_result", result), {**sent, "correction_reason": "typed wrongly"})
    counter, right = Result.objects.exclude(pk=result.pk).order_by("sign")
    assert (counter.reverses, right.after, right.booked_on) == (result, "B1", desk.today)
    assert "typed wrongly" in desk.lead.get(at("result", counter)).text
    assert AuditEntry.objects.filter(action="read", object_ref=counter.ref, fields=["correction_reason"]).exists()
    assert "period closed" in desk.lead.get(at("result", result)).text


def test_it_is_only_taken_off(desk: Desk) -> None:
    desk.page.post(desk.url(), desk.fields(day=desk.past.isoformat()))
    result = Result.objects.get()
    desk.close()
    desk.lead.post(at("correct_result", result), {"what": "take_back", "correction_reason": "noted twice"})
    assert [one.sign for one in Result.objects.order_by("pk")] == [1, -1]


def test_another_programme_is_chosen(desk: Desk) -> None:
    other = factories.programme(desk.organisation, rank=200)
    factories.indicator(other, "achievers")
    desk.page.post(desk.url(), desk.fields())
    result = Result.objects.get()
    desk.lead.post(at("result_payer", result), {"payer": other.ref, "reason": "its target"})
    assert Result.objects.get().allocation.programme == other
    assert "its target" in desk.lead.get(at("result", result)).text


def test_who_may_not_look_people_up_learns_no_name(desk: Desk) -> None:
    page = client(factories.user(desk.organisation, "teacher", desk.point))
    assert [page.get(desk.url()).status_code, page.post(desk.url(), desk.fields()).status_code] == [404, 404]
    assert page.get(desk.url("event_held", person=False)).status_code == 200


def test_lists_are_narrowed_and_cost_the_same_for_more(desk: Desk) -> None:
    desk.page.post(desk.url(), desk.fields())
    desk.note("event_held", day=desk.past)
    kind = ResultKind.objects.get(code="event_held")
    shown = desk.page.get(f"{reverse('desk:results')}?kind={kind.pk}").text
    assert "A1 → A2" not in shown
    since = (desk.today - timedelta(days=3)).isoformat()
    assert "A1 → A2" in desk.page.get(f"{reverse('desk:results')}?since={since}").text


@pytest.mark.parametrize("who", ["excluded", "elsewhere", "director", "stranger"])
def test_for_others_it_is_missing(desk: Desk, who: str) -> None:
    desk.page.post(desk.url(), desk.fields())
    result = Result.objects.get()
    role, place = ("director", None) if who == "director" else ("adviser", factories.point(desk.organisation))
    user = factories.user(desk.organisation, role, place if who == "elsewhere" else desk.point)
    if who == "director":
        Membership.objects.filter(user=user).update(point=None)
    if who == "stranger":
        user = factories.user(factories.organisation("Other"), "adviser")
    if who == "excluded":
        Exclusion.objects.create(person=desk.person, user=user)
    page = client(user)
    names = ("result", "amend_result", "correct_result", "result_history")
    assert {page.get(at(name, result)).status_code for name in names} == {404}
    assert page.post(at("remove_result", result)).status_code == 404
    assert page.get(desk.url()).status_code == 404
