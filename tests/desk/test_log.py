"""Logging at the desk: a support, a contact, a group, and what can be done with an entry afterwards."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from przystan.access.models import User
from przystan.ledger.actions import close_period
from przystan.ledger.models import Period
from przystan.ledger.queries import is_closed
from przystan.people.models import PersonLanguage
from przystan.support.actions import record
from przystan.support.models import Gathering, Service, Support, Topic
from przystan.support.rules import Effort, Entry
from przystan.team.models import Membership, Point
from tests import factories
from tests.harness.queries import queries_of_view

pytestmark = pytest.mark.django_db
NOBODY = "000000000000"


class Desk:
    """A centre with people at its desk, logged in."""

    def __init__(self) -> None:
        self.organisation = factories.organisation()
        self.point = factories.point(self.organisation)
        self.service = factories.service()
        self.topics = [factories.topic(self.service), factories.topic(self.service, "Work")]
        self.person = factories.person(self.point)
        self.today = timezone.localdate()
        self.adviser, self.owner = self.login("adviser", self.point)
        self.colleague, _ = self.login("adviser", self.point)
        self.coordinator, self.lead = self.login("coordinator")
        self.auditor, _ = self.login("auditor")

    def login(self, role: str, at: Any = None) -> tuple[Client, Any]:
        user = factories.user(self.organisation, role, at)
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        from przystan.team.queries import actor_for

        return client, actor_for(user)

    def sheet(self, **values: object) -> dict[str, object]:
        rows = {"topics-TOTAL_FORMS": 2, "topics-INITIAL_FORMS": 0}
        for number, topic in enumerate(self.topics):
            rows |= {f"topics-{number}-topic": topic.pk, f"topics-{number}-minutes": 20}
        plain = {"mode": "in_person", "interpreter": "none", "language": "uk", "day": self.today.isoformat()}
        where = {"service": self.service.pk, "point": self.point.pk, "staff": self.owner.user_id}
        return {**rows, **plain, **where, "people": [self.person.ref], "form_token": str(uuid4()), **values}

    def entry(self, **values: Any) -> Entry:
        given = {"day": self.today, "people": (self.person.ref,), "minutes": 30, **values}
        return Entry(service_id=self.service.pk, point_id=self.point.pk, **given)

    def support(self, **values: Any) -> Support:
        return record(by=self.owner, entry=self.entry(**values))

    def closed(self) -> Support:
        day = self.today - timedelta(days=40)
        support = self.support(day=day)
        close_period(by=self.lead, starts=day, ends=day)
        return support


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_support_with_two_topics_is_saved_and_leads_to_the_person(desk: Desk) -> None:
    answer = desk.adviser.post("/supports/new/", desk.sheet(interpreter="interpreter", outcome="done"))
    assert answer.status_code == 302, answer.context["form"].errors
    assert answer["Location"] == f"/people/{desk.person.ref}/"
    support = Support.objects.get()
    assert (support.minutes, support.interpreter, support.efforts.count()) == (40, "interpreter", 2)
    assert list(support.people.all()) == [desk.person]


def test_an_interpreter_nobody_spoke_of_is_not_said_to_be_none(desk: Desk) -> None:
    PersonLanguage.objects.create(person=desk.person, language="ka")
    form = desk.adviser.get(f"/supports/new/?person={desk.person.ref}").context["form"]
    assert (form["language"].value(), form["interpreter"].value()) == ("ka", "not_said")
    assert desk.entry().interpreter == "not_said"


def test_log_another_keeps_the_person(desk: Desk) -> None:
    answer = desk.adviser.post("/supports/new/", desk.sheet(then="another"))
    assert answer["Location"] == f"/supports/new/?person={desk.person.ref}"
    page = desk.adviser.get(answer["Location"])
    assert f'value="{desk.person.ref}" checked' in page.content.decode()


def test_sent_twice_is_written_once(desk: Desk) -> None:
    sheet = desk.sheet()
    desk.adviser.post("/supports/new/", sheet)
    support = Support.objects.get()
    page = desk.adviser.post("/supports/new/", sheet, follow=True)
    assert page.redirect_chain == [(f"/supports/{support.ref}/", 302)]
    assert "This support is logged already." in page.text
    assert Support.objects.count() == 1


def test_sent_again_with_other_words_asks_what_is_meant(desk: Desk) -> None:
    sheet = desk.sheet()
    desk.adviser.post("/supports/new/", sheet)
    support = Support.objects.get()
    page = desk.adviser.post("/supports/new/", sheet | {"next_step": "call the office"})
    assert f"/supports/{support.ref}/" in page.text
    assert "call the office" in page.text
    assert Support.objects.count() == 1
    again = sheet | {"next_step": "call the office", "form_token": page.context["form"]["form_token"].value()}
    assert desk.adviser.post("/supports/new/", again).status_code == 302
    assert Support.objects.count() == 2


def test_who_saves_second_is_shown_what_was_saved_meanwhile(desk: Desk) -> None:
    support = desk.support(next_step="call the office")
    url = f"/supports/{support.ref}/amendment/"
    read = {"version": desk.adviser.get(url).context["form"]["version"].value()}
    assert desk.coordinator.post(url, desk.sheet(minutes=50, next_step="theirs", **read)).status_code == 302
    page = desk.adviser.post(url, desk.sheet(minutes=45, next_step="mine", **read))
    assert page.status_code == 200
    assert "Somebody changed this entry while you were writing." in page.text
    assert "theirs" in page.text
    assert "mine" in page.text
    support.refresh_from_db()
    assert (support.minutes, support.next_step, support.version) == (50, "theirs", 2)
    knowing = {"version": page.context["form"]["version"].value()}
    assert desk.adviser.post(url, desk.sheet(minutes=45, next_step="mine", **knowing)).status_code == 302
    support.refresh_from_db()
    assert (support.minutes, support.next_step, support.version) == (45, "mine", 3)


def test_nobody_chosen_says_so_and_keeps_what_was_written(desk: Desk) -> None:
    page = desk.adviser.post("/supports/new/", desk.sheet(people=[], next_step="call the office"))
    assert "choose at least one person" in page.content.decode()
    assert "call the office" in page.content.decode()
    assert not Support.objects.exists()


@pytest.mark.parametrize(
    "values", [{"service": ""}, {"service": 99999999}, {"day": "2999-01-01"}, {"people": ["nonsense"]}]
)
def test_nonsense_is_refused_in_words(desk: Desk, values: dict[str, object]) -> None:
    page = desk.adviser.post("/supports/new/", desk.sheet(**values))
    assert page.status_code == 200
    assert not Support.objects.exists()


def test_a_late_entry_says_that_it_counts_today(desk: Desk) -> None:
    day = desk.closed().day
    answer = desk.adviser.post("/supports/new/", desk.sheet(day=day.isoformat()), follow=True)
    assert "is counted today" in answer.content.decode()


def test_an_anonymous_contact_takes_one_screen(desk: Desk) -> None:
    page = desk.adviser.get("/contacts/new/")
    assert str(desk.service) in page.content.decode()
    sheet = {"service": desk.service.pk, "headcount": 2, "language": "uk", "mode": "phone", "point": desk.point.pk}
    answer = desk.adviser.post("/contacts/new/", sheet)
    assert answer["Location"] == "/contacts/new/"
    support = Support.objects.get()
    assert (support.kind, support.headcount, support.minutes) == ("contact", 2, desk.service.default_minutes)


def test_a_contact_about_nothing_is_refused(desk: Desk) -> None:
    page = desk.adviser.post("/contacts/new/", {"headcount": 1, "mode": "phone", "point": desk.point.pk})
    assert "Choose what it was about" in page.content.decode()


def test_a_group_is_logged_with_named_and_unnamed(desk: Desk) -> None:
    sheet = desk.sheet(title="Polish A1", minutes=90, headcount=5)
    answer = desk.adviser.post("/groups/new/", sheet)
    assert answer.status_code == 302, answer.context["form"].errors
    assert [row.headcount for row in Gathering.objects.get().supports.order_by("id")] == [1, 4]


def test_people_are_found_inside_the_form(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from przystan.desk.views import who
    from przystan.people.queries import Candidate

    other = factories.person(desk.point, "Giorgi Beridze")
    desk.person.is_open = other.is_open = True  # type: ignore[attr-defined]
    monkeypatch.setattr(who, "search", lambda actor, text, limit: [Candidate(desk.person, 1), Candidate(other, 1)])
    for url in ("/supports/people/", "/supports/new/", "/groups/new/"):
        page = desk.adviser.post(url, desk.sheet(person_text="giorgi", find=1)).content.decode()
        assert f'name="people" value="{desk.person.ref}" checked' in page
        assert f'name="add" value="{other.ref}"' in page
        assert f'name="add" value="{desk.person.ref}"' not in page
    assert not Support.objects.exists()
    desk.adviser.post("/supports/new/", desk.sheet(add=[other.ref]))
    assert Support.objects.get().headcount == 2


def test_the_page_of_a_support_shows_everything(desk: Desk) -> None:
    support = desk.support(next_step="bring the card", next_step_on=desk.today, language="uk")
    page = desk.adviser.get(f"/supports/{support.ref}/").content.decode()
    for words in ("Олена Коваленко", "bring the card", "Ukrainian", support.ref):
        assert words in page


def test_an_open_entry_is_changed(desk: Desk) -> None:
    support = desk.support()
    page = desk.adviser.get(f"/supports/{support.ref}/amendment/")
    assert f'value="{desk.person.ref}" checked' in page.content.decode()
    answer = desk.adviser.post(f"/supports/{support.ref}/amendment/", desk.sheet(minutes=50))
    assert answer.status_code == 302
    support.refresh_from_db()
    assert support.minutes == 50
    assert desk.colleague.get(f"/supports/{support.ref}/amendment/").status_code == 404


def test_a_closed_entry_is_corrected(desk: Desk) -> None:
    support = desk.closed()
    assert desk.adviser.get(f"/supports/{support.ref}/amendment/")["Location"].endswith("/correction/")
    page = desk.coordinator.post(f"/supports/{support.ref}/correction/", desk.sheet(day=support.day.isoformat()))
    assert "Write why" in page.content.decode()
    sheet = desk.sheet(day=support.day.isoformat(), minutes=60, correction_reason="typing error")
    answer = desk.coordinator.post(f"/supports/{support.ref}/correction/", sheet)
    assert answer.status_code == 302
    assert sorted(Support.objects.values_list("sign", "minutes")) == [(-1, 30), (1, 30), (1, 60)]
    for row in Support.objects.all():
        assert "typing error" in desk.adviser.get(f"/supports/{row.ref}/").content.decode()
        assert "typing error" not in desk.colleague.get(f"/supports/{row.ref}/").content.decode()


def test_a_closed_entry_is_not_offered_to_be_changed(desk: Desk) -> None:
    """Its giver may change it while its period is open, and who closes periods corrects it afterwards."""
    for entry, change, correct in ((desk.support(), True, False), (desk.closed(), False, True)):
        page = desk.coordinator.get(f"/supports/{entry.ref}/").content.decode()
        assert [f"/{entry.ref}/amendment/" in page, f"/{entry.ref}/correction/" in page] == [change, correct]
        told = [
            "ask a coordinator" in one.get(f"/supports/{entry.ref}/").text for one in (desk.adviser, desk.coordinator)
        ]
        assert told == [correct, False]
        assert (f"/{entry.ref}/amendment/" in desk.adviser.get(f"/supports/{entry.ref}/").content.decode()) == change


def test_a_closed_entry_is_taken_off(desk: Desk) -> None:
    support = desk.closed()
    sheet = {"what": "take_back", "correction_reason": "logged twice"}
    answer = desk.coordinator.post(f"/supports/{support.ref}/correction/", sheet)
    assert answer.status_code == 302
    assert Support.objects.standing().count() == 0


def test_an_entry_logged_by_mistake_is_removed(desk: Desk) -> None:
    support = desk.support()
    assert desk.colleague.post(f"/supports/{support.ref}/removal/").status_code == 404
    desk.adviser.post(f"/supports/{support.ref}/removal/")
    assert not Support.objects.exists()
    closed = desk.closed()
    desk.adviser.post(f"/supports/{closed.ref}/removal/")
    assert Support.objects.count() == 1


def test_a_next_step_comes_back_today_and_is_ticked_off(desk: Desk) -> None:
    support = desk.support(next_step="call the office", next_step_on=desk.today)
    assert "call the office" in desk.adviser.get("/").content.decode()
    desk.adviser.post(f"/supports/{support.ref}/step/", {"today": 1})
    desk.adviser.get("/")  # says that it is done, with a button that undoes it
    assert f'action="/supports/{support.ref}/step/"' not in desk.adviser.get("/").content.decode()
    desk.adviser.post(f"/supports/{support.ref}/step/", {"undo": 1})
    support.refresh_from_db()
    assert support.next_step_done_at is None


def test_a_period_is_closed_on_its_page_after_it_was_seen_what_that_closes(desk: Desk) -> None:
    """It was closed, and for ever, by one click on days that the page had filled in."""
    day = desk.today - timedelta(days=30)
    for each in (day, day - timedelta(days=1), desk.today):
        desk.support(day=each)
    first, second = (factories.result(desk.point, factories.result_kind(), desk.person, day) for _ in range(2))
    factories.count_for(first, factories.programme(desk.organisation))
    days = {"starts": day.isoformat(), "ends": day.isoformat()}
    page = desk.coordinator.post("/periods/", days)
    closing = page.context["closing"]
    assert (closing.supports, closing.unpaid, closing.results, closing.uncounted) == (1, 1, 2, 1)
    assert f"payer=none&amp;since={day}&amp;until={day}" in page.text
    assert not Period.objects.exists()
    assert desk.coordinator.post("/periods/", days | {"seen": "yes"})["Location"] == "/periods/"
    assert Period.objects.get().starts == day
    assert is_closed(second)
    assert "closed already" in desk.coordinator.post("/periods/", days).text


def test_what_cannot_be_closed_is_said_before_anything_is_asked(desk: Desk) -> None:
    today = desk.today.isoformat()
    for sent in ({}, {"seen": "yes"}):
        page = desk.coordinator.post("/periods/", {"starts": today, "ends": today, **sent})
        assert "Only days that have passed can be closed." in page.text
        assert page.context["closing"] is None


LISTS = ["/supports/", "/supports/new/", "/contacts/new/", "/groups/new/"]


def test_strangers_auditors_and_the_anonymous_see_nothing(desk: Desk) -> None:
    support = desk.support()
    stranger = Desk()
    for path in ("", "amendment/", "correction/"):
        assert stranger.coordinator.get(f"/supports/{support.ref}/{path}").status_code == 404
        assert desk.adviser.get(f"/supports/{NOBODY}/{path}").status_code == 404
    for path in ("payer/", "removal/", "step/"):
        assert stranger.coordinator.post(f"/supports/{support.ref}/{path}").status_code == 404
    for url in [*LISTS, f"/supports/{support.ref}/", "/periods/"]:
        assert desk.auditor.get(url).status_code == 404
        assert Client().get(url).status_code == 302
    assert support.ref not in stranger.coordinator.get("/supports/").content.decode()
    assert desk.auditor.get("/").status_code == 200


def test_the_list_is_filtered_and_read_on(desk: Desk) -> None:
    other = factories.service("Course")
    for number in range(52):
        desk.support(day=desk.today - timedelta(days=number))
    page = desk.adviser.get("/supports/")
    assert len(page.context["page"].items) == 50
    rest = desk.adviser.get(f"/supports/?after={page.context['page'].after}")
    assert len(rest.context["page"].items) == 2
    for query, found in [
        (f"since={desk.today}", 1),
        (f"service={other.pk}", 0),
        (f"service={desk.service.pk}&until={desk.today - timedelta(days=50)}", 2),
        ("payer=none", 50),
        (f"payer={NOBODY}", 0),
        ("kind=group", 0),
        ("since=nonsense&service=x", 50),
        (f"after={NOBODY}", 50),
    ]:
        assert len(desk.adviser.get(f"/supports/?{query}").context["page"].items) == found, query


@pytest.mark.parametrize(("url", "queries"), [("/supports/", 9), ("/", 17)])
def test_as_many_queries_for_three_rows_as_for_one(desk: Desk, url: str, queries: int) -> None:
    for _ in range(3):
        desk.support(next_step="x", next_step_on=desk.today)
        desk.adviser.get(url)  # warms what is read once for each process
        with queries_of_view(queries):
            desk.adviser.get(url)


def test_reversed_names_are_known() -> None:
    assert reverse("desk:log") == "/supports/new/"


def test_who_closes_periods_corrects_without_logging_otherwise(desk: Desk) -> None:
    support = desk.closed()
    officer, _ = desk.login("grant_officer")
    page = f"/supports/{support.ref}/correction/"
    assert officer.get(page).status_code == 200
    sheet = desk.sheet(day=support.day.isoformat(), minutes=60, correction_reason="typing error")
    assert officer.post(page, sheet).status_code == 302
    assert sorted(Support.objects.values_list("sign", flat=True)) == [-1, 1, 1]
    assert desk.adviser.get(page).status_code == 404


@pytest.mark.parametrize(("field", "value"), [("day", "0206-11-02"), ("language", "qqq")])
def test_a_year_and_a_language_that_cannot_be_are_refused(desk: Desk, field: str, value: str) -> None:
    page = desk.adviser.post("/supports/new/", desk.sheet(**{field: value}))
    assert page.status_code == 200
    assert not Support.objects.exists()


def test_an_entry_keeps_what_is_no_longer_offered(desk: Desk) -> None:
    """Who changes its minutes must not have to say that it was something else."""
    efforts = (Effort(topic_id=desk.topics[0].pk, minutes=20),)
    entry = record(by=desk.owner, entry=desk.entry(minutes=0, efforts=efforts))
    Service.objects.update(retired=True)
    Topic.objects.update(retired=True)
    Point.objects.update(closed_on=desk.today)
    gone = User.objects.get(pk=desk.owner.user_id)
    client, _ = desk.login("coordinator")
    Membership.objects.filter(user=gone).update(valid_to=desk.today - timedelta(days=1))
    page = client.get(f"/supports/{entry.ref}/amendment/").content.decode()
    for row in (desk.service, desk.topics[0], desk.point, gone):
        assert f'value="{row.pk}" selected' in page
    assert str(desk.topics[1]) not in page
    fresh = client.get("/supports/new/").content.decode()
    assert str(desk.service) not in fresh
    assert f'<option value="{gone.pk}"' not in fresh
    assert str(desk.service) in client.get("/supports/").content.decode()
