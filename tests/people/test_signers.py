"""Who has to sign for a consent, changed in the product: dated, with a source, and nobody of any age left out."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from przystan.access.actors import Actor, Forbidden
from przystan.access.models import AuditEntry
from przystan.access.scope import acting
from przystan.people import actions
from przystan.people.loading import load_consents
from przystan.people.models import Consent, ConsentSigner, ConsentText, Guardian, Person
from przystan.people.queries.consents import differing, state_on
from przystan.people.queries.signers import signers_of, signers_on, signings
from przystan.people.rules.consents import Asked, ConsentState, unasked
from przystan.team.models import Organisation, Point
from tests import factories
from tests.harness.queries import queries_of_view
from tests.harness.sql import refused, run

TODAY = timezone.localdate()
DAY = timedelta(days=1)
PHOTO = "photo"
ONE = [Asked("one_guardian", None, 17), Asked("person", 18, None)]
LIST = reverse("people:consents")
ONE_PAGE = reverse("people:signers", args=[PHOTO])


@pytest.mark.parametrize(
    ("asked", "ages"),
    [
        ([], list(range(19))),
        (ONE, []),
        ([Asked("person")], []),
        ([Asked("each_guardian", None, 12), Asked("person", 18)], [13, 14, 15, 16, 17]),
        ([Asked("each_guardian", 1, 17), Asked("person", 17)], [0]),
        ([Asked("one_guardian", None, 17)], [18]),
    ],
)
def test_at_which_ages_nobody_is_asked(asked: list[Asked], ages: list[int]) -> None:
    assert unasked(asked) == ages


@pytest.fixture
def house(db: None) -> Organisation:
    load_consents()
    return factories.organisation()


@pytest.fixture
def lead(house: Organisation) -> Actor:
    return factories.actor(house, "coordinator")


def client(house: Organisation, role: str = "coordinator", at: Point | None = None) -> Client:
    found = Client(headers={"accept-language": "en"})
    found.force_login(factories.user(house, role, at))
    return found


def change(by: Actor, asked: list[Asked] = ONE, day: date = TODAY, purpose: str = PHOTO) -> None:
    actions.set_signers(by=by, purpose=purpose, asked=asked, source="Decision 7", valid_from=day)


def rows(purpose: str = PHOTO) -> list[tuple[Any, ...]]:
    found = ConsentSigner.objects.filter(purpose=purpose).order_by("pk")
    return list(found.values_list("signers", "age_from", "age_to", "valid_from", "valid_to"))


def test_what_held_before_is_ended_and_stays(lead: Actor) -> None:
    before = rows()
    change(lead, day=TODAY + 10 * DAY)
    assert rows() == [
        *before,
        ("one_guardian", None, 17, TODAY + 10 * DAY, None),
        ("person", 18, None, TODAY + 10 * DAY, None),
    ]
    ours = lead.organisation_id
    [signing] = signings(ours, TODAY, PHOTO)
    assert (len(signing.now), len(signing.coming), signing.before) == (len(before), 2, [])
    [signing] = signings(ours, TODAY + 10 * DAY, PHOTO)
    assert {row.valid_to for row in signing.before} == {TODAY + 9 * DAY}
    assert (len(signing.now), signing.coming, len(signing.before)) == (2, [], len(before))
    assert [row.ages for row in signing.now] == ["up to 17", "from 18"]
    assert not ConsentSigner.objects.exclude(purpose=PHOTO).exclude(valid_to=None).exists(), "of others nothing changes"


def test_what_was_planned_and_has_not_begun_gives_way(lead: Actor) -> None:
    change(lead, day=TODAY + 10 * DAY)
    change(lead, [Asked("person")], TODAY + 5 * DAY)
    ours = lead.organisation_id
    held = [(row.signers, row.valid_from, row.valid_to) for row in signers_of(ours, PHOTO)]
    assert held[0] == ("person", TODAY + 5 * DAY, None)
    assert {last for _who, _first, last in held[1:]} == {TODAY + 4 * DAY}
    load_consents()
    assert len(signers_of(ours, PHOTO)) == len(held), "what ships does not come back"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"day": TODAY - DAY}, "today or a later day"),
        ({"asked": []}, "Nobody would be asked"),
        ({"asked": [Asked("person", 13)]}, "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12"),
        ({"purpose": "no-such"}, "no such consent"),
        ({"asked": [*ONE, Asked("person", 9, 3)]}, "first age"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(lead: Actor, values: dict[str, Any], words: str) -> None:
    before = rows()
    with pytest.raises(ValidationError, match=words):
        change(lead, **values)
    assert rows() == before


def test_it_is_for_who_leads_and_the_protection_officer(house: Organisation) -> None:
    before = rows()
    for role in ("adviser", "reception", "grant_officer"):
        assert client(house, role).get(LIST).status_code == client(house, role).post(ONE_PAGE).status_code == 404, role
        with pytest.raises(Forbidden):
            change(factories.actor(house, role))
    for role in ("coordinator", "data_protection_officer"):
        assert client(house, role).get(LIST).status_code == client(house, role).get(ONE_PAGE).status_code == 200, role
    assert rows() == before


def test_who_leads_one_point_reads_and_changes_nothing(house: Organisation) -> None:
    """They would say for children at all points that no parent is asked."""
    point, before = factories.point(house), rows()
    leads_one = client(house, "coordinator", point)
    assert ONE_PAGE not in leads_one.get(LIST).text
    assert ONE_PAGE in client(house).get(LIST).text
    assert leads_one.get(ONE_PAGE).status_code == leads_one.post(ONE_PAGE, form(("person", "", ""))).status_code == 404
    with pytest.raises(Forbidden):
        change(factories.actor(house, "coordinator", point))
    assert rows() == before


def form(*asked: tuple[str, object, object], gone: int = -1, **more: object) -> dict[str, object]:
    sent: dict[str, object] = {"signers-TOTAL_FORMS": len(asked), "signers-INITIAL_FORMS": 0}
    for number, (who, first, last) in enumerate(asked):
        sent |= {f"signers-{number}-signers": who, f"signers-{number}-age_from": first}
        sent |= {f"signers-{number}-age_to": last} | ({f"signers-{number}-DELETE": "on"} if number == gone else {})
    return {**sent, "source": "art. 98 § 1 KRO", "valid_from": str(TODAY), **more}


def test_on_the_page(house: Organisation) -> None:
    leads = client(house)
    assert "each parent or guardian" in leads.get(LIST).text
    assert 'value="17"' in leads.get(ONE_PAGE).text, "the form begins with what holds"
    gone = form(("one_guardian", "", 17), ("person", 18, ""), ("person", "", ""), ("", "", ""), gone=2)
    answer = leads.post(ONE_PAGE, gone, follow=True)
    assert "Saved. It holds from" in answer.text
    now = signers_on(house.pk, TODAY)
    asked = [(row.signers, row.age_from, row.age_to) for row in now if row.purpose == PHOTO]
    assert asked == [("one_guardian", None, 17), ("person", 18, None)]
    assert "art. 98 § 1 KRO" in answer.text
    assert "until" in leads.get(ONE_PAGE).text, "and what held before is shown"
    assert AuditEntry.objects.filter(action="consent.signers").count() == 1
    assert LIST in leads.get(reverse("desk:settings")).text


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (form(("one_guardian", "", 17)), "Nobody would be asked at the age of 18"),
        (form(("person", 9, 3)), "The first age must not be above the last."),
        (form(("person", "", ""), source=""), "required"),
        (form(("person", "", ""), valid_from=str(TODAY - DAY)), "today or a later day"),
        (form(("person", "", "x")), "whole number"),
        (form(), "Nobody would be asked"),
    ],
)
def test_what_is_wrong_on_the_page_is_said(house: Organisation, sent: dict[str, object], words: str) -> None:
    before = rows()
    answer = client(house).post(ONE_PAGE, sent)
    assert answer.status_code == 200
    assert words in answer.text
    assert rows() == before


def test_an_unknown_kind_is_missing(house: Organisation) -> None:
    assert client(house).get(reverse("people:signers", args=["no-such"])).status_code == 404


def signers_today(organisation: int | None) -> list[str]:
    return [row.signers for row in signers_on(organisation, TODAY) if row.purpose == PHOTO]


def test_it_holds_for_the_own_organisation_alone(house: Organisation, lead: Actor, child: Person) -> None:
    """Another's coordinator says that nobody but the person need sign: of our children both parents still do."""
    Consent.objects.filter(agrees=False).delete()
    stranger = factories.actor(factories.organisation(), "coordinator")
    with acting(stranger):
        change(stranger, [Asked("person")])
    assert state_on(child, PHOTO) is ConsentState.WAITING
    with acting(lead):
        assert signers_today(house.pk) != ["person"]
        change(lead)
    with acting(stranger):
        assert signers_today(stranger.organisation_id) == ["person"]
        assert not ConsentSigner.objects.filter(organisation=house).exists(), "nor is it read"
    assert state_on(child, PHOTO) is ConsentState.GIVEN, "one parent is enough by our own rule"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE people_consentsigner SET signers = 'person'",
        "UPDATE people_consentsigner SET valid_to = CURRENT_DATE",
        "UPDATE people_consentsigner SET organisation_id = app_org()",
    ],
)
def test_what_shipped_is_nobodys_to_change(lead: Actor, sql: str) -> None:
    before = rows()
    refused(lead, sql)
    assert run(lead, "DELETE FROM people_consentsigner") == 0
    assert rows() == before


# What it changes for people, and what a hurried adviser sees.


@pytest.fixture
def child(house: Organisation, lead: Actor) -> Person:
    """One parent agrees to photographs, the other does not."""
    made = factories.person(factories.point(house), "Данило Шевчук", birth=str(TODAY.year - 9))
    text = ConsentText.objects.filter(purpose=PHOTO).latest("version")
    with acting(lead):
        for name, agrees in (("Oksana", True), ("Petro", False)):
            parent = Guardian(person=made, name=name)
            actions.keep(by=lead, fact=parent, fields=["name"])
            said = Consent(person=made, guardian=parent, text=text, agrees=agrees, language="uk", given_on=TODAY)
            actions.answer(by=lead, fact=said)
    return made


def test_a_rule_holds_from_its_day_and_ends_nothing(child: Person, lead: Actor) -> None:
    Consent.objects.filter(agrees=False).delete()
    assert state_on(child, PHOTO) is ConsentState.WAITING
    change(lead, day=TODAY + DAY)
    assert state_on(child, PHOTO) is ConsentState.WAITING
    assert state_on(child, PHOTO, TODAY + DAY) is ConsentState.GIVEN, "then one parent is enough"
    assert Consent.objects.get().stands


def test_who_logs_a_support_is_told_that_they_differ(child: Person, house: Organisation) -> None:
    other = factories.person(child.point)
    desk = Client(headers={"accept-language": "en"})
    desk.force_login(factories.user(house, "adviser", child.point))
    for address in ("desk:log", "desk:group"):
        page = desk.post(reverse(address), {"people": [child.ref, other.ref], "find": "1", "person_text": ""}).text
        assert "do not agree" in page, address
        assert "It counts as not given: do not do it until they agree." in page
    assert "do not agree" not in desk.get(f"{reverse('desk:log')}?person={other.ref}").text


def test_that_they_differ_is_asked_of_all_at_once(child: Person, django_assert_num_queries: Any) -> None:
    others = [factories.person(child.point) for _ in range(3)]
    with django_assert_num_queries(1):
        assert differing(others) == []
    [(person, texts)] = differing([*others, child])
    assert (person, [text.purpose for text in texts]) == (child, [PHOTO])
    Guardian.objects.update(valid_to=TODAY - DAY)
    assert differing([child]) == [], "who no longer signs does not count"


def test_the_list_costs_the_same_for_all_kinds(house: Organisation) -> None:
    leads = client(house)
    leads.get(LIST)
    with queries_of_view(2):
        leads.get(LIST)
