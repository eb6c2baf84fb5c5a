"""Nobody outside the team of a seat learns of it: not by erasure, copy, retention, or an emergency look."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from przystan.seats.models import Leader, Seat

from przystan.access.actors import Actor, Forbidden, system
from przystan.access.keys import data, staff
from przystan.access.keys.unlocked import ring
from przystan.access.models import DataKey, Glass, KeyWrap, User
from przystan.access.models.glass import Category
from przystan.access.modules import holders
from przystan.access.scope import acting
from przystan.access.tiers import CLOSED, Tier
from przystan.people.models import Exclusion, Person
from przystan.privacy import actions
from przystan.privacy.enums import Ground, RequestKind
from przystan.privacy.loading import load_retention
from przystan.privacy.models import Erasure, Release
from przystan.privacy.queries.copying import copy_of
from przystan.privacy.queries.plans import plan_of, telling
from przystan.privacy.queries.releasing import File
from przystan.privacy.queries.requests import to_confirm
from przystan.team.queries import actor_for
from tests import factories
from tests.privacy.test_releasing import COPY

pytestmark = pytest.mark.django_db
HINT, WORD, PASSPHRASE = "Canary-hint-1182", "Canary-word-6040", "a passphrase for tests"
OUTSIDE = ("coordinator", "colleague", "director", "officer")
TITLE = "Seats in closed groups"


@pytest.fixture
def made(settings: Any, tmp_path: Any) -> SimpleNamespace:
    """A seat with a sealed word, led by `lead`; who else is there knows nothing of it."""
    settings.KEYS_DIR = tmp_path / "keys"
    house = factories.organisation()
    point = factories.point(house)
    roles = {"lead": "psychologist", "colleague": "psychologist", "excluded": "psychologist"}
    roles |= {"coordinator": "coordinator", "director": "director", "officer": "data_protection_officer"}
    users = {
        name: factories.user(house, role, *([point] if role == "psychologist" else [])) for name, role in roles.items()
    }
    keyed = {name: staff.set_up(users[name], PASSPHRASE) for name in ("lead", "colleague", "director")}
    for name, code in keyed.items():
        staff.confirm(users[name], code)
    factories.emergency_key(house, [users["director"].pk])
    person = factories.person(point, team=[users["coordinator"], users["lead"]])
    Exclusion.objects.create(person=person, user=users["excluded"])
    seat = Seat(organisation=house, point=point, person=person, hint=HINT, taken_on=date(2020, 1, 1), word=WORD)
    data.make(seat.ref, Tier.T4, house.pk, [users["lead"].pk])
    made = SimpleNamespace(users=users, person=person, seat=seat, house=house)
    seat.pk = 4711  # its team is written first: the database lets nobody else write the row
    Leader.objects.create(seat_id=seat.pk, user=users["lead"])
    act(made, "lead", lambda by: seat.save(force_insert=True))
    made.seat = Seat.objects.get(pk=seat.pk)
    return made


def actor(made: SimpleNamespace, who: str) -> Actor:
    found = actor_for(made.users[who])
    assert found
    return found


def act(made: SimpleNamespace, who: str, work: Any, **values: Any) -> Any:
    user: User = made.users[who]
    private = staff.by_passphrase(user, PASSPHRASE) if staff.state_of(user) else None
    with acting(actor(made, who)), ring(user.pk, private):
        return work(by=actor(made, who), **values)


def client(made: SimpleNamespace, who: str) -> Client:
    found = Client(headers={"accept-language": "en"})
    found.force_login(made.users[who])
    return found


def hints(text: object) -> list[str]:
    return [word for word in (HINT, WORD, TITLE, "seats.", "one seat") if word in str(text)]


def ask(made: SimpleNamespace, who: str, ref: str) -> Glass:
    words = {"category": Category.DANGER, "reason": "She is in danger and must be found now"}
    found: Glass = act(made, who, actions.ask, model="seats.seat", ref=ref, **words)
    return found


@pytest.mark.parametrize("who", OUTSIDE)
def test_a_copy_and_the_preview_of_an_erasure_do_not_tell_of_it(made: SimpleNamespace, who: str) -> None:
    by = actor(made, who)
    with acting(system(made.house.pk, "test")):
        counts = plan_of(made.person).counts(actor=by)
        assert hints(copy_of(made.person, by)) == []
    assert hints(counts) == []
    assert "seats" not in telling(counts)


def test_the_pages_of_who_answers_the_person_do_not_tell_of_it(made: SimpleNamespace) -> None:
    page = client(made, "coordinator")
    for name in ("privacy:erasure", "privacy:person", "desk:person"):
        answer = page.get(reverse(name, args=[made.person.ref]))
        assert answer.status_code == 200
        assert hints(answer.text) == []


def test_an_erasure_takes_it_with_its_keys_and_reports_nothing_of_it(made: SimpleNamespace) -> None:
    asked = act(made, "coordinator", actions.ask_erasure, person=made.person)
    done = act(made, "officer", actions.confirm_erasure, erasure=asked)
    assert not Seat.objects.exists()
    assert not DataKey.objects.filter(holder=made.seat.ref).exists()
    assert hints(done.report) == []
    assert hints(client(made, "officer").get(reverse("privacy:erasures")).text) == []


def test_its_time_to_keep_ends_for_its_team_to_confirm(made: SimpleNamespace) -> None:
    load_retention()
    Seat.objects.update(left_on=date(2020, 2, 1))
    found = actions.look_over(made.house.pk, date(2020, 4, 1))
    assert found == [], "three months are not over"
    actions.look_over(made.house.pk, date(2026, 6, 1))
    waiting = Erasure.objects.get()
    assert (waiting.scope, waiting.model, waiting.object_ref) == ("case", "seats.seat", made.seat.ref)
    for who in (*OUTSIDE, "excluded"):
        assert to_confirm(actor(made, who)) == []
        assert made.seat.ref not in client(made, who).get(reverse("privacy:erasures")).text
        with pytest.raises(Forbidden):
            act(made, who, actions.confirm_erasure, erasure=waiting)
    assert "one seat" in client(made, "lead").get(reverse("privacy:erasures")).text
    act(made, "lead", actions.confirm_erasure, erasure=waiting)
    assert not Seat.objects.exists()
    assert not DataKey.objects.filter(holder=made.seat.ref).exists()


def test_while_it_is_there_its_person_is_not_due(made: SimpleNamespace) -> None:
    load_retention()
    Person.objects.update(created_at=timezone.now() - timedelta(days=9000))
    assert actions.look_over(made.house.pk) == []
    assert Person.objects.get(pk=made.person.pk).erased_at is None


def test_an_emergency_look_waits_and_is_lent_with_its_keys_and_ends(made: SimpleNamespace) -> None:
    there, nothing = (ask(made, "colleague", ref) for ref in (made.seat.ref, "0" * 12))
    assert [(one.opened_at, one.tier) for one in (there, nothing)] == [(None, 4)] * 2
    with pytest.raises(ValidationError):
        act(made, "director", actions.approve, glass=nothing)
    colleague = actor(made, "colleague")
    assert not Seat.objects.seen_by(colleague).exists()
    act(made, "director", actions.approve, glass=there)
    assert Seat.objects.seen_by(colleague).get() == made.seat
    assert client(made, "colleague").get(reverse("seats:one", args=[made.seat.ref])).text == HINT
    assert KeyWrap.objects.filter(user=made.users["colleague"], key__holder=made.seat.ref).exists()
    assert not holders()["seats.seat"].leads(colleague, made.seat), "reading only"
    there.refresh_from_db()
    other = factories.user(made.house, "director")
    made.users["other"] = other
    act(made, "other", actions.review, glass=there, justified=False, note="No")
    assert not Seat.objects.seen_by(colleague).exists()
    assert not KeyWrap.objects.filter(user=made.users["colleague"], key__holder=made.seat.ref).exists()


def test_who_must_not_see_the_person_is_lent_nothing(made: SimpleNamespace) -> None:
    glass = ask(made, "excluded", made.seat.ref)
    with pytest.raises(ValidationError):
        act(made, "director", actions.approve, glass=glass)
    assert not Seat.objects.seen_by(actor(made, "excluded")).exists()


def test_its_copy_is_made_or_withheld_by_who_leads_it_alone(made: SimpleNamespace) -> None:
    day = timezone.localdate()
    act(made, "coordinator", actions.receive, person=made.person, kind=RequestKind.COPY, received_on=day)
    url = reverse("privacy:file_copy", args=["seats.seat", made.seat.ref])
    for who in (*OUTSIDE, "excluded"):
        assert client(made, who).get(url).status_code == 404
        assert hints(client(made, who).get("/").text) == []
    page = client(made, "lead")
    assert url in page.get("/").text
    assert page.post("/keys/unlock/", {"passphrase": PASSPHRASE}).status_code == 302
    answer = page.post(url, COPY)
    assert answer.status_code == 200
    file = File(holders()["seats.seat"], made.seat)
    sections = act(made, "lead", actions.gather_file, file=file, language="en", earlier=True)
    assert WORD in str(sections)
    act(made, "lead", actions.withhold, file=file, ground=Ground.HEALTH, words="Nobody may know of it")
    for who, known in (("lead", 1), ("coordinator", 0), ("colleague", 0)):
        with acting(actor(made, who)):
            assert Release.objects.count() == known


@pytest.mark.parametrize(("who", "known"), [("lead", 1), ("colleague", 0), ("coordinator", 0), ("director", 0)])
def test_the_database_shows_it_to_its_team_alone(made: SimpleNamespace, who: str, known: int) -> None:
    with acting(actor(made, who)):
        assert Seat.objects.count() == known


def test_it_says_itself_how_secret_it_is(made: SimpleNamespace) -> None:
    holder = holders()["seats.seat"]
    assert list(Seat.objects.filter(holder.of(CLOSED))) == [made.seat]
    assert not Seat.objects.filter(holder.of([Tier.T2])).exists()
