"""Two who change the same thing: the second sees what the first saved, and overwrites nothing unseen."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from przystan.funding.models import Indicator, Programme
from przystan.privacy.forms import RuleForm
from przystan.privacy.loading import load_retention
from przystan.privacy.models import RetentionRule
from przystan.reference.loading import load_reference
from przystan.support.models import Service, ServiceLine, Topic
from przystan.team.models import Organisation, Point
from tests import factories

pytestmark = pytest.mark.django_db
CHANGED = "Somebody changed this while you were writing"
ADULTS = {"shape": json.dumps({"kind": "all", "parts": ["age"]}), "0:kind": "all", "do": "save"}


@pytest.fixture
def centre() -> Organisation:
    load_reference()
    return factories.organisation()


@pytest.fixture
def point(centre: Organisation) -> Point:
    return factories.point(centre, "Gdańsk")


@pytest.fixture
def programme(centre: Organisation) -> Programme:
    return factories.programme(centre, factories.service())


def logged_in(centre: Organisation, role: str = "coordinator") -> Client:
    client = Client()
    client.force_login(factories.user(centre, role))
    return client


def mark(text: str) -> str:
    return re.findall(r'name="read" value="([^"]+)"', text)[0]


def drawn(client: Client, page: str) -> dict[str, Any]:
    """What a browser would send back unchanged, the mark of what the page showed included."""
    answer = client.get(page)
    data: dict[str, Any] = {"read": mark(answer.text)}
    hours = answer.context.get("hours")
    for form in [answer.context["form"], *(hours or [])]:
        for bound in form:
            value = bound.field.prepare_value(bound.value())
            if value is not None and value is not False:
                data[bound.html_name] = value
    return data | ({bound.html_name: bound.value() for bound in hours.management_form} if hours else {})


def address(what: str, point: Point, programme: Programme) -> str:
    service = Service.objects.get()
    for model in (ServiceLine, Service):
        model.objects.update(names={"pl": "Nazwa"})
    match what:
        case "programme":
            return reverse("funding:change", args=[programme.ref])
        case "indicator":
            return reverse("funding:indicator", args=[programme.ref, factories.indicator(programme).ref])
        case "line":
            return reverse("support:line", args=[ServiceLine.objects.get().code])
        case "service":
            return reverse("support:service", args=[service.code])
        case "topic":
            topic = factories.topic(service)
            Topic.objects.update(names={"pl": "Nazwa"})
            return reverse("support:topic", args=[topic.code])
        case "point":
            return reverse("team:point", args=[point.ref])
        case "retention":
            load_retention()
            return reverse("privacy:rule", args=[RetentionRule.objects.get(code="ordinary-after-support").ref])
    raise ValueError(what)


@pytest.mark.parametrize(
    ("what", "role", "first", "second"),
    [
        ("programme", "coordinator", ("agreement", "A-77"), ("rank", "7")),
        ("indicator", "coordinator", ("target", "77"), ("code", "other")),
        ("line", "coordinator", ("name_pl", "Pobyt-A-77"), ("position", "7")),
        ("service", "coordinator", ("name_pl", "Porada-A-77"), ("position", "7")),
        ("topic", "coordinator", ("name_pl", "Temat-A-77"), ("position", "7")),
        ("point", "administrator", ("address", "ul. A-77"), ("name", "Tczew")),
        ("retention", "coordinator", ("source", "A-77"), ("years", "7")),
    ],
)
def test_who_saves_second_sees_what_was_saved_meanwhile(
    centre: Organisation,
    point: Point,
    programme: Programme,
    what: str,
    role: str,
    first: tuple[str, str],
    second: tuple[str, str],
) -> None:
    page = address(what, point, programme)
    one, two = logged_in(centre, role), logged_in(centre, role)
    theirs, mine = drawn(one, page), drawn(two, page)
    assert one.post(page, theirs | dict([first])).status_code == 302
    refused = two.post(page, mine | dict([second]))
    assert CHANGED in refused.text
    assert f"<bdi>{first[1]}</bdi>" in refused.text
    assert str(drawn(one, page)[first[0]]) == first[1]
    assert two.post(page, mine | dict([second]) | {"read": mark(refused.text)}).status_code == 302
    assert str(drawn(one, page)[second[0]]) == second[1]


def test_a_form_shaped_after_a_model_is_made_from_its_row() -> None:
    """Values of a row, given as `initial`, made a form that did not know what it showed."""
    with pytest.raises(TypeError, match="instance"):
        RuleForm(initial={"years": 5})  # type: ignore[call-arg]


def test_who_saves_alone_is_not_asked_twice(centre: Organisation, point: Point, programme: Programme) -> None:
    page = address("programme", point, programme)
    client = logged_in(centre)
    for agreement in ("A-1", "A-2"):
        assert client.post(page, drawn(client, page) | {"agreement": agreement}).status_code == 302


def test_a_mistake_keeps_the_mark_of_what_was_seen(centre: Organisation, point: Point, programme: Programme) -> None:
    page = address("programme", point, programme)
    one, two = logged_in(centre), logged_in(centre)
    mine = drawn(two, page)
    assert mark(two.post(page, mine | {"name": ""}).text) == mine["read"]
    one.post(page, drawn(one, page) | {"agreement": "A-77"})
    assert CHANGED in two.post(page, mine | {"rank": "7"}).text


def test_services_chosen_by_another_count_as_a_change(centre: Organisation, point: Point, programme: Programme) -> None:
    page = address("programme", point, programme)
    one, two = logged_in(centre), logged_in(centre)
    mine, other = drawn(two, page), factories.service("Another")
    services = [*programme.services.values_list("pk", flat=True), other.pk]
    assert one.post(page, drawn(one, page) | {"services": services}).status_code == 302
    assert CHANGED in two.post(page, mine | {"rank": "7"}).text
    assert other in programme.services.all()


def test_office_hours_belong_to_what_was_seen(centre: Organisation, point: Point, programme: Programme) -> None:
    page = address("point", point, programme)
    one, two = logged_in(centre, "administrator"), logged_in(centre, "administrator")
    mine = drawn(two, page)
    hours = {"hours-0-weekday": "0", "hours-0-opens": "09:00", "hours-0-closes": "17:00"}
    assert one.post(page, drawn(one, page) | hours).status_code == 302
    assert CHANGED in two.post(page, mine | {"name": "Tczew"}).text
    assert point.hours.count() == 1


def test_of_two_who_replace_a_shipped_rule_the_second_is_asked_and_the_first_is_not_shortened_unseen(
    centre: Organisation, point: Point, programme: Programme
) -> None:
    """The shipped rule stays; the first makes the centre's own copy, which the second finds at the same address."""
    page = address("retention", point, programme)
    one, two = logged_in(centre), logged_in(centre)
    theirs, mine = drawn(one, page), drawn(two, page)
    assert one.post(page, theirs | {"years": "9"}).status_code == 302
    assert CHANGED in two.post(page, mine | {"years": "1"}).text
    own = RetentionRule.objects.get(organisation=centre)
    assert (own.years, own.shortened_by) == (9, None)
    assert two.post(page, drawn(two, page) | {"years": "8"}).status_code == 302
    own.refresh_from_db()
    assert (own.years, own.shortened_by is None) == (8, False)


@pytest.mark.parametrize("what", ["rule", "where"])
def test_two_who_write_a_rule(centre: Organisation, programme: Programme, what: str) -> None:
    indicator = factories.indicator(programme)
    page = reverse(f"funding:{what}", args=[programme.ref] if what == "rule" else [programme.ref, indicator.ref])
    one, two = logged_in(centre), logged_in(centre)
    marks = [mark(client.get(page).text) for client in (one, two)]
    sent = ADULTS | {"valid_from": "2026-01-01"}
    one.post(page, sent | {"0.0:at_least": "18", "read": marks[0]})
    refused = two.post(page, sent | {"0.0:at_least": "31", "read": marks[1]})
    assert CHANGED in refused.text
    saved = str([*programme.rules.order_by("pk").values_list("tree", flat=True), Indicator.objects.get().where])
    assert "18" in saved
    assert "31" not in saved
    two.post(page, sent | {"0.0:at_least": "31", "read": mark(refused.text)})
    assert "31" in str([*programme.rules.order_by("pk").values_list("tree", flat=True), Indicator.objects.get().where])


@pytest.mark.parametrize(
    ("what", "table", "compared"),
    [
        ("programme", "funding_programme", "funding_programme_services"),
        ("point", "team_point", "team_officehours"),
        ("retention", "privacy_retentionrule", "privacy_retentionrule"),
        ("rule", "funding_programme", "funding_targetrule"),
        ("where", "funding_indicator", ""),
    ],
)
def test_whoever_saves_holds_the_row_before_it_is_compared(
    centre: Organisation, point: Point, programme: Programme, what: str, table: str, compared: str
) -> None:
    """Else two who save in the same moment would both find it unchanged."""
    client = logged_in(centre, "administrator" if what == "point" else "coordinator")
    if what in ("rule", "where"):
        refs = [programme.ref] if what == "rule" else [programme.ref, factories.indicator(programme).ref]
        page = reverse(f"funding:{what}", args=refs)
        sent = ADULTS | {"valid_from": "2026-01-01", "0.0:at_least": "18", "read": mark(client.get(page).text)}
    else:
        page = address(what, point, programme)
        sent = drawn(client, page)
    with CaptureQueriesContext(connection) as asked:
        assert client.post(page, sent).status_code == 302
    said = [one["sql"] for one in asked]
    held = next(at for at, sql in enumerate(said) if f'FROM "{table}"' in sql and sql.endswith("FOR UPDATE"))
    assert not any(f'FROM "{compared}"' in sql for sql in said[:held])


def test_two_who_lock_an_account_do_not_unlock_it(centre: Organisation) -> None:
    user, clients = factories.user(centre), [logged_in(centre, "administrator") for _ in range(2)]
    page = reverse("team:member", args=[user.ref])
    assert 'name="active" value="no"' in clients[0].get(page).text
    for client in clients:
        client.post(reverse("team:lock", args=[user.ref]), {"active": "no"})
    user.refresh_from_db()
    assert not user.is_active
    assert 'name="active" value="yes"' in clients[0].get(page).text


def test_two_who_retire_a_service_do_not_offer_it_again(centre: Organisation, programme: Programme) -> None:
    service, client = factories.service("Another"), logged_in(centre)
    for _ in range(2):
        client.post(reverse("support:retire", args=["service", service.code]), {"retired": "yes"})
    service.refresh_from_db()
    assert service.retired
