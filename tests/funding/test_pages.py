"""Pages of programmes: who sees them, what they change, and how many queries they ask."""

import html
import json
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from przystan.access.models import AuditEntry
from przystan.funding.models import Allocation, Indicator, Limit, Programme, TargetRule
from przystan.people.models import Citizenship
from przystan.support.models import Service
from przystan.team.models import Organisation, Point
from tests import factories
from tests.harness.queries import queries_of_view

pytestmark = pytest.mark.django_db
READ = ["programme", "file"]
WRITE = ["change", "limits", "rule", "move", "indicator_add"]


@pytest.fixture
def point() -> Point:
    return factories.point(factories.organisation())


@pytest.fixture
def service() -> Service:
    return factories.service()


@pytest.fixture
def programme(point: Point, service: Service) -> Programme:
    found = factories.programme(point.organisation, service, starts=date(2026, 1, 1), ends=date(2026, 12, 31))
    Limit.objects.create(programme=found, kind="people", value=100)
    Indicator.objects.create(programme=found, code="people", names={"en": "People"}, counted="people", target=50)
    return found


def client(of: Organisation, role: str = "coordinator") -> Client:
    found = Client(headers={"accept-language": "en"})
    found.force_login(factories.user(of, role))
    return found


@pytest.mark.parametrize("name", READ + WRITE)
def test_who_sees_what(programme: Programme, name: str) -> None:
    home, url = programme.organisation, reverse(f"funding:{name}", args=[programme.ref])
    assert client(home).get(url).status_code == 200
    assert client(home, "adviser").get(url).status_code == (200 if name in READ else 404)
    assert client(home, "interpreter").get(url).status_code == 404
    assert client(factories.organisation()).get(url).status_code == 404
    assert client(home).get(reverse(f"funding:{name}", args=["000000000000"])).status_code == 404
    assert "/account/login/" in Client().get(url)["Location"]


@pytest.mark.parametrize("state", ["running", "coming", "ended", "nonsense"])
@pytest.mark.parametrize("number", [1, 3])
def test_the_list(point: Point, service: Service, state: str, number: int) -> None:
    days = {"coming": (date(2999, 1, 1), None), "ended": (None, date(2020, 1, 1))}.get(state, (date(2020, 1, 1), None))
    made = [factories.programme(point.organisation, service, starts=days[0], ends=days[1]) for _ in range(number)]
    other = factories.programme(factories.organisation(), service, starts=days[0], ends=days[1])
    mine = client(point.organisation)
    with queries_of_view(2):
        page = mine.get(reverse("funding:programmes"), {"state": state}).content.decode()
    assert all(one.name in page for one in made)
    assert other.name not in page


def test_a_programme_is_added_and_takes_everyone_until_its_rule_is_written(point: Point, service: Service) -> None:
    mine = client(point.organisation)
    sent = {"name": "Nowy program", "key": "nowy", "starts": "2026-01-01", "ends": "2026-12-31", "rank": "3"}
    fresh = mine.get(reverse("funding:add")).content.decode()
    label = fresh.partition('for="id_funder">')[2].partition("</label>")[0]
    assert '<span class="required">' in label
    page = mine.post(reverse("funding:add"), sent | {"services": [service.pk]}).content.decode()
    assert "Choose a funder or write a new one." in page
    sent |= {"new_funder": "Miasto Gdańsk", "partner_lines": "A\n\nB", "target_en": "Everyone"}
    answer = mine.post(reverse("funding:add"), sent | {"services": [service.pk]})
    made = Programme.objects.get(key="nowy")
    assert answer["Location"] == reverse("funding:rule", args=[made.ref])
    assert made.funder.code == "miasto-gdansk"
    assert (made.partners, made.target) == (["A", "B"], {"en": "Everyone"})
    assert made.rules.get().tree == {"all": []}
    assert "until then it pays for none" not in mine.get(reverse("funding:programme", args=[made.ref])).text
    mine.post(reverse("funding:add"), sent | {"key": "bez-uslug"})
    bare = Programme.objects.get(key="bez-uslug")
    page = mine.get(reverse("funding:programme", args=[bare.ref])).text
    assert "until then it pays for none" in page, "it takes everyone, and pays nothing"
    assert "A programme with this key exists already." in mine.post(reverse("funding:add"), sent).content.decode()


def test_a_new_programme_pays_for_everything_and_its_key_is_made_from_its_name(point: Point, service: Service) -> None:
    """It paid for nothing where nobody unfolded the list, and asked for a key that nobody knows."""
    mine, retired = client(point.organisation), factories.service("Old", retired=True)
    form = mine.get(reverse("funding:add")).context["form"]
    assert set(form["services"].value()) == {one.pk for one in Service.objects.all()} - {retired.pk}
    sent = {"name": "Łódź: Ґанок 2", "new_funder": "Miasto", "rank": "3", "services": [service.pk]}
    for key in ("lodz-ganok-2", "lodz-ganok-2-2", "lodz-ganok-2-3"):
        assert mine.post(reverse("funding:add"), sent).status_code == 302
        assert Programme.objects.latest("id").key == key
    made = Programme.objects.latest("id")
    assert "key" in mine.post(reverse("funding:change", args=[made.ref]), sent | {"key": ""}).context["form"].errors
    assert mine.post(reverse("funding:add"), sent | {"name": "☃"}).status_code == 302


def test_days_that_were_paid_for_cannot_fall_out(programme: Programme, point: Point, service: Service) -> None:
    Allocation.objects.create(support=factories.support(point, service), programme=programme)
    sent = {
        "name": programme.name,
        "key": programme.key,
        "funder": programme.funder_id,
        "rank": 1,
        "starts": "2026-07-01",
    }
    page = client(point.organisation).post(reverse("funding:change", args=[programme.ref]), sent).content.decode()
    assert "It paid for 1 entry on other days." in page
    programme.refresh_from_db()
    assert programme.starts == date(2026, 1, 1)


def shape(*parts: Any, kind: str = "all") -> str:
    return json.dumps({"kind": kind, "parts": list(parts)})


def test_the_rule_editor_without_javascript(programme: Programme, point: Point, service: Service) -> None:
    person = factories.person(point)
    Citizenship.objects.create(person=person, country="UA")
    today = timezone.localdate()
    factories.support(point, service, person, day=today)
    factories.support(point, service, day=today)
    Programme.objects.filter(pk=programme.pk).update(starts=None, ends=None)
    url, mine = reverse("funding:rule", args=[programme.ref]), client(point.organisation)
    assert "No condition: everyone." in mine.get(url).content.decode()
    days = {"valid_from": str(today)}
    page = mine.post(url, {"shape": shape(), "do": "add:0", "0:fact": "citizenship_class"} | days).content.decode()
    assert 'name="0.0:in"' in page
    asked = {"shape": shape("citizenship_class"), "0:kind": "all"} | days
    assert "choose at least one" in mine.post(url, asked | {"do": "save"}).content.decode()
    asked |= {"0.0:in": ["third_country"]}
    page = mine.post(url, asked | {"do": "preview"}).content.decode()
    assert "0 would newly fit and 1 would no longer fit" in page
    assert programme.rules.count() == 1
    answer = mine.post(url, asked | {"do": "save"})
    assert answer["Location"] == reverse("funding:programme", args=[programme.ref])
    old, new = TargetRule.objects.filter(programme=programme).order_by("id")
    assert (old.tree, old.valid_to) == ({"all": []}, date.fromordinal(today.toordinal() - 1))
    assert new.tree == {"all": [{"fact": "citizenship_class", "in": ["third_country"]}]}
    assert (new.valid_from, new.valid_to) == (today, None)
    assert "Third-country nationals" in mine.get(answer["Location"]).content.decode()
    assert AuditEntry.objects.filter(action="programme.rule").count() == 1


@pytest.mark.parametrize(
    "sent",
    [
        {"shape": "not json", "do": "preview"},
        {"shape": "[1]", "do": "remove:0.7.x"},
        {"shape": '{"parts": [{"parts": "x"}, 3, "no-fact"]}', "do": "add:0.0", "0.0:fact": "age"},
        {"shape": shape("age"), "0.0:at_least": "٣", "do": "preview"},
        {"shape": shape("arrived_on"), "0.0:from": "2022-13-45", "do": "save"},
        {"shape": shape("place"), "0.0:in": ["<script>"], "do": "save"},
        {"shape": shape("place"), "0.0:in": ["nowhere"], "do": "save", "valid_from": "2026-01-01"},
        {"do": "save"},
    ],
)
def test_the_rule_editor_survives_anything(programme: Programme, sent: dict[str, Any]) -> None:
    answer = client(programme.organisation).post(reverse("funding:rule", args=[programme.ref]), sent)
    assert answer.status_code == 200
    assert b"<script>" not in answer.content
    assert programme.rules.get().tree == {"all": []}


def test_what_an_indicator_counts_only(programme: Programme) -> None:
    """Women only, seen before it is saved; without a condition everything counts again; it can be taken away."""
    mine, ref = client(programme.organisation), programme.ref
    point, service = factories.point(programme.organisation), programme.services.get()
    one = factories.indicator(programme, "people", service)
    for sex in ("female", "male", "unknown"):
        person = factories.person(point, sex, sex=sex)
        Allocation.objects.create(support=factories.support(point, service, person), programme=programme)
    url = reverse("funding:where", args=[ref, one.ref])
    assert "No condition: everything" in mine.get(reverse("funding:indicator", args=[ref, one.ref])).text
    shape = {"shape": json.dumps({"kind": "all", "parts": ["sex"]}), "0:kind": "all"}
    assert "3 now, 1 with this condition" in mine.post(url, {**shape, "0.0:in": "female", "do": "preview"}).text
    assert "condition “Sex”: " in html.unescape(mine.post(url, {**shape, "do": "save"}).text)  # one without a choice
    one.refresh_from_db()
    assert one.where is None
    assert mine.post(url, {**shape, "0.0:in": "female", "do": "save"}).status_code == 302
    one.refresh_from_db()
    assert one.where == {"all": [{"fact": "sex", "in": ["female"]}]}
    assert one.services.get() == service
    assert "No condition: everything" not in mine.get(reverse("funding:indicator", args=[ref, one.ref])).text
    mine.post(url, {"shape": json.dumps({"kind": "all", "parts": []}), "do": "save"})
    one.refresh_from_db()
    assert one.where is None
    assert mine.post(reverse("funding:indicator_remove", args=[ref, one.ref])).status_code == 302
    assert not programme.indicators.filter(pk=one.pk).exists()


def test_limits_and_indicators(programme: Programme) -> None:
    mine, ref = client(programme.organisation), programme.ref
    mine.post(reverse("funding:limits", args=[ref]), {"kind": "hours", "value": "8", "valid_from": "2026-02-01"})
    assert programme.limits.count() == 2
    backwards = {"kind": "hours", "value": "8", "valid_from": "2026-02-01", "valid_to": "2026-01-01"}
    assert "first day must not be after the last" in mine.post(reverse("funding:limits", args=[ref]), backwards).text
    page = mine.get(reverse("funding:programme", args=[ref])).text
    assert re.search(r"Hours in all: <strong>8</strong> <span[^>]*>From [^<]*2026", page)
    first = programme.limits.order_by("id")[0]
    assert mine.post(reverse("funding:limit_remove", args=[ref]), {"limit": "x"}).status_code == 404
    mine.post(reverse("funding:limit_remove", args=[ref]), {"limit": first.pk})
    assert [limit.kind for limit in programme.limits.all()] == ["hours"]
    sent = {"code": "hours", "counted": "hours", "name_en": "Hours", "target": "10", "breakdowns": ["sex"]}
    assert mine.post(reverse("funding:indicator_add", args=[ref]), sent).status_code == 302
    made = programme.indicators.get(code="hours")
    assert (made.names, made.breakdowns, made.position) == ({"en": "Hours"}, ["sex"], 1)
    url = reverse("funding:indicator", args=[ref, made.ref])
    assert mine.get(url).status_code == 200
    assert client(factories.organisation()).get(url).status_code == 404
    answer = mine.post(reverse("funding:indicator_add", args=[ref]), sent)
    assert answer.status_code == 200


def test_an_indicator_without_a_short_key_gets_one_from_its_name(programme: Programme) -> None:
    mine, add = client(programme.organisation), reverse("funding:indicator_add", args=[programme.ref])
    for _ in range(2):
        assert mine.post(add, {"counted": "people", "name_en": "Osoby z Kwidzyna"}).status_code == 302
    assert list(programme.indicators.order_by("id").values_list("code", flat=True))[-2:] == [
        "osoby-z-kwidzyna",
        "osoby-z-kwidzyna-2",
    ]


def test_supports_move_in_bulk_with_the_effect_shown(programme: Programme, point: Point, service: Service) -> None:
    other = factories.programme(point.organisation, service, name="Other", ends=date(2026, 5, 31))
    Indicator.objects.create(programme=other, code="all", names={"en": "All"}, counted="supports")
    person = factories.person(point)
    for day in (date(2026, 5, 1), date(2026, 6, 1)):
        Allocation.objects.create(support=factories.support(point, service, person, day=day), programme=programme)
    mine, url = client(point.organisation), reverse("funding:move", args=[programme.ref])
    sent = {"way": "out", "first": "2026-01-01", "last": "2026-12-31", "to": other.pk, "reason": "The auditor refused"}
    page = mine.post(url, sent | {"do": "see"}).content.decode()
    assert "Move 1 support" in page
    assert Allocation.objects.filter(programme=other).count() == 0
    assert mine.post(url, sent | {"do": "move"}).status_code == 302
    moved = Allocation.objects.get(programme=other)
    assert (moved.support.day, moved.reason) == (date(2026, 5, 1), "The auditor refused")
    assert mine.post(url, sent | {"do": "move", "reason": ""}).status_code == 200


def test_a_file_goes_out_and_comes_back(programme: Programme) -> None:
    mine = client(programme.organisation)
    text = mine.get(reverse("funding:file", args=[programme.ref])).content
    elsewhere = client(factories.organisation())
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = elsewhere.post(reverse("funding:take_file"), {"file": SimpleUploadedFile("p.toml", text)})
    copy = Programme.objects.exclude(pk=programme.pk).get()
    assert answer["Location"] == reverse("funding:programme", args=[copy.ref])
    assert (copy.name, copy.starts, copy.limits.count()) == (programme.name, programme.starts, 1)
    assert copy.indicators.get().target == 50
    again = elsewhere.post(reverse("funding:take_file"), {"file": SimpleUploadedFile("p.toml", text)})
    assert "exist already" in again.content.decode()
    for bad in (b"\xff\xfe", b"a = ", b"x = 1", b"[[funder]]\n[[programme]]\nkey = 3"):
        page = elsewhere.post(reverse("funding:take_file"), {"file": SimpleUploadedFile("p.toml", bad)})
        assert page.status_code == 200
    assert Programme.objects.count() == 2


def test_the_payers_of_an_unfinished_form(programme: Programme, point: Point, service: Service) -> None:
    person = factories.person(point)
    stranger = factories.person(factories.point(factories.organisation()))
    mine, url = client(point.organisation, "adviser"), reverse("funding:payers")
    assert mine.get(url).status_code == 405
    assert client(point.organisation, "director").post(url, {}).status_code == 404
    assert "Choose the service first" in mine.post(url, {}).content.decode()
    assert "Choose the service first" in mine.post(url, {"service": "²", "day": "x", "point": "-1"}).content.decode()
    sent = {"service": service.pk, "point": point.pk, "day": "2026-06-01", "people": [person.ref, stranger.ref]}
    page = mine.post(url, sent).content.decode()
    assert programme.name in page
    assert f'value="{programme.ref}" checked' in page
    factories.programme(point.organisation, outside=True, name="Voivode")
    page = mine.post(url, sent | {"payer": programme.ref, "reason": "<b>"}).content.decode()
    assert "Voivode" in page
    assert "<b>" not in page
    other = factories.programme(point.organisation, service, rank=1, name="Comes first")
    was = {"payer": programme.ref, "payer_chosen": ""}
    assert f'value="{other.ref}" checked' in mine.post(url, sent | was).content.decode()
    was["payer_chosen"] = "yes"
    assert f'value="{programme.ref}" checked' in mine.post(url, sent | was).content.decode()
    assert 'value="" checked' in mine.post(url, sent | was | {"payer": ""}).content.decode()
    before = {"payer_before": programme.ref, "reason_before": "asked for"}
    page = mine.post(url, sent | before).content.decode()
    assert f'value="{programme.ref}" checked' in page
    assert 'value="asked for"' in page


def test_a_payer_that_was_ticked_is_never_replaced(programme: Programme, point: Point, service: Service) -> None:
    """Not while the form says too little, and not when it cannot pay any more: that is said."""
    other = factories.programme(point.organisation, service, rank=9, name="Comes last")
    mine, url = client(point.organisation, "adviser"), reverse("funding:payers")
    was = {"payer": programme.ref, "payer_chosen": "yes", "reason": "so"}
    page = mine.post(url, was).content.decode()
    for kept in (f'name="payer" value="{programme.ref}"', 'name="payer_chosen" value="yes"', 'value="so"'):
        assert kept in page
    programme.services.clear()
    sent = {"service": service.pk, "point": point.pk, "day": "2026-06-01"}
    page = mine.post(url, sent | was).content.decode()
    assert "cannot pay for this any more" in page
    assert f'value="{programme.ref}" checked' in page
    assert f'value="{other.ref}" checked' not in page
    stranger = factories.programme(factories.organisation(), name="Of others")
    page = mine.post(url, sent | was | {"payer": stranger.ref}).content.decode()
    assert "Of others" not in page


def test_what_is_paid_outside_is_never_counted_here(programme: Programme, point: Point, service: Service) -> None:
    factories.pay(factories.support(point, service, day=date(2026, 5, 1)), programme)
    mine, url = client(point.organisation), reverse("funding:change", args=[programme.ref])
    sent = {"name": "P", "key": programme.key, "funder": programme.funder_id, "services": [service.pk], "rank": 3}
    assert "Move it to another payer first" in mine.post(url, sent | {"outside": "on"}).content.decode()
    assert not Programme.objects.get(pk=programme.pk).outside
    voivode = factories.programme(point.organisation, service, outside=True, name="Voivode")
    factories.support(point, service, day=date(2026, 5, 2))
    days = {"first": "2026-01-01", "last": "2026-12-31", "reason": "x", "way": "into"}
    for do in ("", "move"):
        page = mine.post(reverse("funding:move", args=[voivode.ref]), days | {"do": do}).content.decode()
        assert "outside the centre; not counted here" in page
    assert not Allocation.objects.filter(programme=voivode).exists()


def test_a_retired_service_does_not_fall_out_of_forms(programme: Programme, service: Service) -> None:
    """It was paid for and is counted."""
    indicator = programme.indicators.get()
    indicator.services.add(service)
    Service.objects.update(retired=True)
    mine = client(programme.organisation)
    for name, args in (("change", [programme.ref]), ("indicator", [programme.ref, indicator.ref])):
        page = mine.get(reverse(f"funding:{name}", args=args)).content.decode()
        assert f'value="{service.pk}"' in page
    assert str(service) not in mine.get(reverse("funding:add")).content.decode()
