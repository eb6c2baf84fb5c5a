"""Logging what one logs most, and as last time."""

from datetime import timedelta
from html import unescape

import pytest

from przystan.desk.forms.choices import Offer
from przystan.support.models import Support
from przystan.support.queries import catalogue, often_asked, used_most
from przystan.support.rules import Effort
from tests import factories

from .test_log import Desk, desk

pytestmark = pytest.mark.django_db
__all__ = ["desk"]


def test_what_one_gives_most_stands_above_the_whole_list(desk: Desk) -> None:
    often, seldom = factories.service("Often"), factories.service("Seldom")
    for service, times in ((seldom, 1), (often, 2)):
        for _ in range(times):
            factories.support(desk.point, service, desk.person, day=desk.today, staff_id=desk.owner.user_id)
    groups = Offer(desk.owner).services
    assert groups[1] == ("used most", [(often.pk, "Often"), (seldom.pk, "Seldom")])
    assert {pk for _line, rows in groups[2:] for pk, _name in rows} >= {often.pk, seldom.pk, desk.service.pk}
    assert all(name != "used most" for name, _rows in Offer(desk.owner, retired=True).services)


def test_topics_have_those_used_most_too_and_none_that_is_no_longer_used(desk: Desk) -> None:
    for topic in desk.topics:
        desk.support(efforts=(Effort(topic_id=topic.pk, minutes=5),))
    assert used_most(desk.owner, topics=True) == [topic.pk for topic in desk.topics]
    type(desk.topics[0]).objects.filter(pk=desk.topics[0].pk).update(retired=True)
    assert Offer(desk.owner).topics[1] == ("used most", [(desk.topics[1].pk, "Work")])


def test_who_gave_nothing_yet_begins_with_what_their_point_gives(desk: Desk) -> None:
    elsewhere = factories.point(desk.organisation, "Elsewhere")
    there = factories.service("There")
    factories.support(elsewhere, there, day=desk.today)
    factories.support(desk.point, desk.service, day=desk.today)
    newcomer = desk.login("adviser", desk.point)[1]
    assert used_most(newcomer) == [desk.service.pk]
    factories.support(desk.point, there, day=desk.today - timedelta(days=91), staff_id=newcomer.user_id)
    assert used_most(newcomer) == [desk.service.pk]  # what was long ago is no habit


def test_of_very_many_the_latest_tell_what_is_usual(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else who opens the form in a large centre waits for the count of its last three months."""
    before, now = factories.service("Before"), factories.service("Now")
    for service, day in ((before, desk.today - timedelta(days=9)), (now, desk.today)):
        for kind in ("full", "contact"):
            for _ in range(3 if service is before else 2):
                factories.support(desk.point, service, day=day, kind=kind, staff_id=desk.owner.user_id)
    assert (used_most(desk.owner), often_asked(desk.owner)[0]) == ([before.pk, now.pk], before)
    monkeypatch.setattr(catalogue, "LATEST", 3)
    assert (used_most(desk.owner), often_asked(desk.owner)[0]) == ([now.pk, before.pk], now)


def last_words(desk: Desk, query: str = "") -> str:
    html = unescape(desk.adviser.get(f"/supports/new/{query}").text)
    return html.split("As last time")[1].split("</span></div>")[0] if "As last time" in html else ""


def test_as_last_time_says_what_this_person_was_given_else_what_one_gave_last(desk: Desk) -> None:
    assert last_words(desk) == ""
    other = factories.service("Another")
    desk.support()
    factories.support(desk.point, other, factories.person(desk.point), day=desk.today, staff_id=desk.owner.user_id)
    assert desk.service.names["en"] in last_words(desk, f"?person={desk.person.ref}")
    assert "Another" in last_words(desk)
    assert "Another" in last_words(desk, f"?person={factories.person(desk.point).ref}")


def test_as_last_time_fills_the_form_and_keeps_the_rest_as_typed(desk: Desk) -> None:
    efforts = tuple(Effort(topic_id=topic.pk, minutes=10) for topic in desk.topics)
    desk.support(efforts=efforts, mode="phone", language="ka", interpreter="volunteer")
    typed = {"topics-0-topic": "", "topics-1-topic": "", "service": "", "language": "", "next_step": "Call back"}
    page = desk.adviser.post("/supports/new/", desk.sheet(**typed, again="1"))
    form = page.context["form"]
    said = [form[name].value() for name in ("service", "mode", "language", "interpreter", "next_step")]
    assert said == [str(desk.service.pk), "phone", "ka", "volunteer", "Call back"]
    rows = [(row["topic"].value(), row["minutes"].value()) for row in page.context["efforts"]]
    assert rows == [(str(topic.pk), "20") for topic in desk.topics]
    assert not form.errors
    assert Support.objects.count() == 1


def test_as_last_time_is_never_what_one_may_not_see(desk: Desk) -> None:
    desk.support()
    elsewhere = factories.user(desk.organisation, "adviser", factories.point(desk.organisation, "Elsewhere"))
    client = type(desk.adviser)(headers={"accept-language": "en"})
    client.force_login(elsewhere)
    assert "As last time" not in client.get(f"/supports/new/?person={desk.person.ref}").text
    page = client.post("/supports/new/", desk.sheet(service="", again="1"))
    assert page.context["form"]["service"].value() == ""
