"""The second person who leads, invited by the first: by a link that opens once, and a code that both have."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from przystan.access.actors import Actor, Forbidden
from przystan.access.models import AuditEntry, User
from przystan.team import actions
from przystan.team.invitations import tokens
from przystan.team.models import Membership, Organisation
from przystan.team.queries import actor_for, invited
from tests import factories

pytestmark = pytest.mark.django_db
OWN = "five herons over a quiet pond"


@pytest.fixture
def centre() -> Organisation:
    return factories.organisation()


@pytest.fixture
def anna(centre: Organisation) -> User:
    return factories.user(centre, "coordinator", name="Anna Lis")


@pytest.fixture
def alone(anna: User) -> Actor:
    """The only one who leads."""
    return acts(anna)


@pytest.fixture
def asked(alone: Actor) -> Membership:
    return ask(alone, "jan")


def acts(user: User) -> Actor:
    found = actor_for(user)
    assert found
    return found


def ask(by: Actor, login: str, role: str = "coordinator") -> Membership:
    user, _password = actions.add_member(by=by, full_name=f"{login.title()} Nowak", username=login, role=role)
    return Membership.objects.get(user=user)


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def link_of(page: str) -> str:
    found = re.search(r"/team/invitations/\w+/[\w-]+/", page)
    assert found, page
    return found[0]


def chosen(link: str, password: str = OWN) -> str:
    return Client().post(link, {"new_password1": password, "new_password2": password}).content.decode()


def code_in(page: str) -> str:
    found = re.search(r'class="ref">(\d{6})<', page)
    assert found, page
    return found[1]


def test_a_link_an_answer_and_a_code_make_two_who_lead(anna: User, asked: Membership) -> None:
    client = logged_in(anna)
    assert "Make the invitation link" in client.get(f"/team/members/{asked.user.ref}/").content.decode()
    link = link_of(client.post(f"/team/memberships/{asked.ref}/invite/").content.decode())
    shown = Client().get(link)
    assert shown["Referrer-Policy"] == "strict-origin"  # never with its path
    assert "Anna Lis" in shown.content.decode()
    code = code_in(chosen(link))
    assert actor_for(User.objects.get(username="jan")) is None, "one of the two is not enough"
    client.post(f"/team/memberships/{asked.ref}/code/", {"code": f"{code[:3]} {code[3:]}"})
    jan = User.objects.get(username="jan")
    assert acts(jan).roles == {"coordinator"}
    assert Membership.objects.get(user=jan).valid_from == timezone.localdate()
    assert jan.check_password(OWN)
    assert not jan.must_change_password
    told = AuditEntry.objects.filter(object_ref=jan.ref).order_by("seq").values_list("action", flat=True)
    assert list(told) == [
        "team.add_member",
        "team.ask_role",
        "team.invite",
        "team.accept_invitation",
        "team.give_role",
    ]


def test_an_answer_is_given_once_and_a_newer_link_voids_it(alone: Actor, asked: Membership) -> None:
    token = actions.invite(by=alone, membership=asked)
    code = actions.accept(ref=asked.user.ref, token=token, password=OWN)
    with pytest.raises(Forbidden):
        actions.accept(ref=asked.user.ref, token=token, password="another password of somebody")
    newer = actions.invite(by=alone, membership=asked)
    with pytest.raises(ValidationError):
        actions.confirm_invited(by=alone, membership=asked, code=code)
    assert invited(asked.user.ref, token) is None
    assert invited(asked.user.ref, newer) == asked


def test_what_nobody_has_answered_cannot_be_confirmed(alone: Actor, asked: Membership) -> None:
    actions.invite(by=alone, membership=asked)
    for typed in ("", "000000", "abc"):
        with pytest.raises(ValidationError):
            actions.confirm_invited(by=alone, membership=asked, code=typed)
    assert Membership.objects.get(pk=asked.pk).waits


def test_a_weak_password_is_told_and_the_link_stays(alone: Actor, asked: Membership) -> None:
    link = f"/team/invitations/{asked.user.ref}/{actions.invite(by=alone, membership=asked)}/"
    assert "12" in chosen(link, "short")
    assert 'class="ref"' not in chosen(link, "jan")
    code_in(chosen(link))


@pytest.mark.parametrize("role", ["coordinator", "director", "administrator"])
def test_as_soon_as_another_leads_or_ever_led_it_takes_a_second(
    centre: Organisation, alone: Actor, asked: Membership, role: str
) -> None:
    token = actions.invite(by=alone, membership=asked)
    code = actions.accept(ref=asked.user.ref, token=token, password=OWN)
    other = factories.user(centre, role)
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user=other).update(valid_from=yesterday, valid_to=yesterday)
    with pytest.raises(Forbidden):
        actions.confirm_invited(by=alone, membership=asked, code=code)
    with pytest.raises(Forbidden):
        actions.invite(by=alone, membership=asked)
    assert invited(asked.user.ref, token) is None


def test_of_two_invited_one_is_the_second(alone: Actor, asked: Membership) -> None:
    other = ask(alone, "ewa")
    codes = [
        actions.accept(ref=one.user.ref, token=actions.invite(by=alone, membership=one), password=OWN)
        for one in (asked, other)
    ]
    actions.confirm_invited(by=alone, membership=other, code=codes[1])
    with pytest.raises(Forbidden):
        actions.confirm_invited(by=alone, membership=asked, code=codes[0])


def test_who_ends_the_second_on_the_first_day_invites_no_third(anna: User, asked: Membership) -> None:
    """The role that ended on its first day is no row any more: the second who led was forgotten."""
    client = logged_in(anna)
    link = link_of(client.post(f"/team/memberships/{asked.ref}/invite/").content.decode())
    client.post(f"/team/memberships/{asked.ref}/code/", {"code": code_in(chosen(link))})
    client.post(f"/team/memberships/{asked.ref}/end/")
    assert not Membership.objects.filter(pk=asked.pk).exists()
    third = ask(acts(anna), "ewa", "director")
    assert client.post(f"/team/memberships/{third.ref}/invite/").status_code == 404
    again = actions.give_role(by=acts(anna), user=asked.user, role="coordinator")
    assert client.post(f"/team/memberships/{again.ref}/invite/").status_code == 404


def test_who_logs_in_before_the_code_is_typed_spoils_nothing(anna: User, asked: Membership) -> None:
    client = logged_in(anna)
    link = link_of(client.post(f"/team/memberships/{asked.ref}/invite/").content.decode())
    code = code_in(chosen(link))
    Client().post("/account/login/", {"login": "jan", "password": OWN})
    wrong = client.post(f"/team/memberships/{asked.ref}/code/", {"code": "abc"}, follow=True).content.decode()
    assert "This is not the code" in wrong
    assert "The code that you were told" in wrong, "it is typed again where one stands"
    client.post(f"/team/memberships/{asked.ref}/code/", {"code": code})
    assert acts(User.objects.get(username="jan")).roles == {"coordinator"}


def test_a_locked_account_has_no_invitation(alone: Actor, asked: Membership) -> None:
    token = actions.invite(by=alone, membership=asked)
    actions.set_active(by=alone, user=asked.user, active=False)
    assert Client().get(f"/team/invitations/{asked.user.ref}/{token}/").status_code == 404


def test_only_who_asked_invites_and_only_to_a_role_that_leads(centre: Organisation, alone: Actor) -> None:
    lawyer = ask(alone, "ewa", "lawyer")
    with pytest.raises(Forbidden):
        actions.invite(by=alone, membership=lawyer)
    asked = ask(alone, "jan")
    for other in (factories.actor(centre, "adviser"), acts(factories.user(centre, "director"))):
        with pytest.raises(Forbidden):
            actions.invite(by=other, membership=asked)


def test_who_worked_here_already_is_not_invited(centre: Organisation, alone: Actor) -> None:
    teacher = factories.user(centre, "teacher")
    asked = actions.give_role(by=alone, user=teacher, role="coordinator")
    with pytest.raises(Forbidden):
        actions.invite(by=alone, membership=asked)
    assert teacher.has_usable_password()


def test_a_maker_who_is_locked_out_invites_nobody(anna: User, alone: Actor, asked: Membership) -> None:
    token = actions.invite(by=alone, membership=asked)
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert Client().get(f"/team/invitations/{asked.user.ref}/{token}/").status_code == 404
    with pytest.raises(Forbidden):
        actions.accept(ref=asked.user.ref, token=token, password=OWN)


def test_an_invitation_ends_after_two_days(alone: Actor, asked: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    token = actions.invite(by=alone, membership=asked)
    later = tokens._now() + timedelta(days=2, minutes=1)
    monkeypatch.setattr(type(tokens), "_now", lambda self: later)
    assert invited(asked.user.ref, token) is None


def test_in_a_browser_where_somebody_works_it_is_not_opened(anna: User, alone: Actor, asked: Membership) -> None:
    link = f"/team/invitations/{asked.user.ref}/{actions.invite(by=alone, membership=asked)}/"
    answer = logged_in(anna).post(link, {"new_password1": OWN, "new_password2": OWN})
    assert answer.status_code == 404
    assert "own browser" in answer.content.decode()
    assert not User.objects.get(username="jan").has_usable_password()
