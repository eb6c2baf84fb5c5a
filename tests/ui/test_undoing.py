"""What has an opposite is undone in the message that says it was done; what has none is known, and why."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from przystan.people.models import Merge, Person
from przystan.support.models import Service
from przystan.team.models import Point
from przystan.ui.undoing import undoing
from tests import factories
from tests.harness.modules import brought
from tests.matrix import addresses

ASKS = "nothing is changed by it, or only what is asked for is made"
BACK = "the opposite act, or a choice that is chosen again"
TWO = "takes a second person, who looks at it first, or takes back what waits for one"
FORM = "sent with what somebody filled in, and corrected in the same place"
OWN = "one's own login and keys: each step asks for what opens them"
BARE = "done at once and for good; it should ask first or be undone, and does not yet"
# Acts whose message undoes them, and the others, why not.
UNDONE = {
    "casework:closure", "desk:step", "institutions:closure", "institutions:merge", "institutions:retire_kind",
    "people:merge", "results:retire", "support:retire",
}  # fmt: skip
OTHERS = {
    ASKS: "desk:who drafts:keep errands:fetch exchange:rest exchange:sheet funding:payers people:register_start"
    " people:suggest privacy:check privacy:copy privacy:fetch privacy:file_fetch privacy:subject_copy reports:export"
    " links:renew links:reminded people:look_through team:invite desk:export",
    BACK: "desk:payer desk:result_payer exchange:run exchange:undo institutions:undo_merge people:undo_merge"
    " people:work_with people:protect people:protector privacy:restrict privacy:automatic team:lock team:end_role"
    " people:team_end people:readmit casework:end_member",
    TWO: "privacy:approve privacy:confirm privacy:confirm_key privacy:refuse privacy:withdraw privacy:withdraw_key"
    " staff:confirm_rule staff:withdraw_rule team:confirm_invited team:confirm_reset team:confirm_role team:refuse_role"
    " team:reset team:withdraw_reset",
    FORM: "exchange:decisions institutions:add_shipped institutions:check privacy:extend privacy:file_withhold"
    " privacy:review staff:confirm staff:take_back",
    OWN: "keys:change keys:confirm keys:lock keys:passkey keys:set_up",
    BARE: "desk:remove desk:remove_result drafts:away exchange:give_up funding:indicator_remove funding:limit_remove"
    " institutions:different links:revoke people:different privacy:end_hold staff:strike_agreement staff:strike_proof",
}


def posted() -> set[str]:
    """Addresses of acts: those that are only posted."""
    tables = [one for one in vars(addresses).values() if isinstance(one, list)] + list(brought("ADDRESSES"))
    return {line.name for table in tables for line in table if getattr(line, "methods", "") == "POST"}


def test_every_act_is_undone_or_it_is_known_why_not() -> None:
    known = [*UNDONE, *" ".join(OTHERS.values()).split()]
    assert len(known) == len(set(known))
    assert sorted(posted() - set(known)) == [], "undo it in its message (ui.undoing.done), or say in OTHERS why not"
    assert sorted(set(known) - posted()) == [], "there is no such act any more"


@pytest.fixture
def point(db: None) -> Point:
    return factories.point(factories.organisation())


@pytest.fixture
def client(point: Point) -> Client:
    found = Client(headers={"accept-language": "en"})
    found.force_login(factories.user(point.organisation, "coordinator"))
    return found


def press(client: Client, page: HttpResponse) -> HttpResponse:
    """The button in the message of this page."""
    toast = re.search(r'<div class="toast.*?</form>', page.text, re.DOTALL)
    assert toast, "no message with a button"
    action = re.search(r'action="([^"]+)"', toast[0])
    assert action
    values = dict(re.findall(r'name="(?!csrf)(\w+)" value="([^"]*)"', toast[0]))
    return client.post(action[1], values, follow=True)


def test_a_merge_is_undone_in_its_message(client: Client, point: Point) -> None:
    kept, absorbed = (factories.person(point) for _ in range(2))
    page = client.post(reverse("people:merge", args=[kept.ref]), {"absorbed": absorbed.ref}, follow=True)
    assert "The two records are one now" in page.text
    back = press(client, page)
    assert "These are two records again" in back.text
    assert Merge.objects.get().undone_at
    assert Person.objects.get(pk=absorbed.pk).merged_into is None


def test_a_step_ticked_off_on_today_is_there_again(client: Client, point: Point) -> None:
    entry = factories.support(point, factories.service(), factories.person(point), next_step="Call back")
    page = client.post(reverse("desk:step", args=[entry.ref]), {"today": "1"}, follow=True)
    assert "The step is done." in page.text
    assert press(client, page).redirect_chain[-1][0] == reverse("desk:today")
    entry.refresh_from_db()
    assert entry.next_step_done_at is None


def test_what_is_offered_no_more_is_offered_again(client: Client) -> None:
    service, _ = factories.service(), factories.service("Another, as one is always offered")
    page = client.post(reverse("support:retire", args=["service", service.code]), {"retired": "yes"}, follow=True)
    assert Service.objects.get(pk=service.pk).retired
    press(client, page)
    assert not Service.objects.get(pk=service.pk).retired


def test_a_message_without_an_opposite_has_no_button(client: Client, point: Point) -> None:
    path = reverse("people:team_end", args=[factories.person(point).ref, factories.user(point.organisation).ref])
    page = client.post(path, follow=True)
    assert "Undo" not in page.text


def test_the_mark_of_a_message_that_is_not_ours_undoes_nothing() -> None:
    assert undoing("") is None
    assert undoing("safe") is None
    assert undoing(None) is None
    assert undoing("undo==%2Fa%2F&undo=1") == {"path": "/a/", "values": [("undo", "1")]}
