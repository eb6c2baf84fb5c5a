"""Keys of people: made, lost, found again, lent, taken away."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from przystan.access import scope
from przystan.access.actors import Actor
from przystan.access.keys import boxes, data, escrow, staff
from przystan.access.keys.unlocked import ring
from przystan.access.models import DataKey, Escrow, Glass, GlassApproval, KeyWrap, User
from przystan.access.sealing import Locked, NoKey, Place, Unreadable, seal, unseal
from przystan.access.tiers import Tier
from przystan.team.models import Organisation
from przystan.team.queries import actor_for
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = "cztery słowa których nikt"


@pytest.fixture
def centre() -> Organisation:
    return factories.organisation()


def holder(centre: Organisation, role: str = "lawyer") -> User:
    """An account with a key that is ready."""
    user = factories.user(centre, role)
    staff.confirm(user, staff.set_up(user, WORDS))
    return user


@contextmanager
def working(user: User, *, unlocked: bool = True) -> Iterator[Actor]:
    """A request of this account."""
    actor = actor_for(user)
    assert actor
    private = staff.by_passphrase(user, WORDS) if unlocked else None
    with ring(user.pk, private), scope.acting(actor):
        yield actor


def place(centre: Organisation, row: str = "row1", tier: Tier = Tier.T3) -> Place:
    return Place(centre.pk, "case12345678", "casework_note", row, "text", tier)


def written(centre: Organisation, user: User, text: str = "secret", row: str = "row1") -> bytes:
    with working(user):
        return seal(place(centre, row), text)


def test_only_who_has_the_key_and_unlocked_it_reads(centre: Organisation) -> None:
    lawyer, other = holder(centre), holder(centre)
    blob = written(centre, lawyer)
    with working(lawyer):
        assert unseal(place(centre), blob) == "secret"
    with working(lawyer, unlocked=False), pytest.raises(Locked):
        unseal(place(centre), blob)
    with working(other), pytest.raises(Unreadable):
        unseal(place(centre), blob)
    with pytest.raises(Unreadable):  # the system, with every right there is
        unseal(place(centre), blob)


def test_nothing_is_sealed_that_nobody_could_open(centre: Organisation) -> None:
    user = factories.user(centre, "lawyer")
    with scope.acting(actor_for(user)), pytest.raises(NoKey):
        seal(place(centre), "secret")
    staff.set_up(user, WORDS)  # the code is not typed back
    with scope.acting(actor_for(user)), pytest.raises(NoKey):
        seal(place(centre), "secret")


def test_a_colleague_named_reads_all_and_one_let_go_reads_nothing(centre: Organisation) -> None:
    lawyer, other = holder(centre), holder(centre)
    before = written(centre, lawyer, "old")
    with working(lawyer):
        data.grant("case12345678", Tier.T3, other.pk)
    with working(other):
        assert unseal(place(centre), before) == "old"
    with working(lawyer):
        data.revoke("case12345678", Tier.T3, other.pk)
    after = written(centre, lawyer, "new", "row2")
    with working(other):
        for blob, row in ((before, "row1"), (after, "row2")):
            with pytest.raises(Unreadable):
                unseal(place(centre, row), blob)
    with working(lawyer):
        assert [unseal(place(centre), before), unseal(place(centre, "row2"), after)] == ["old", "new"]
    assert DataKey.objects.filter(holder="case12345678").count() == 2


def test_a_changed_passphrase_opens_and_the_old_one_does_not(centre: Organisation) -> None:
    lawyer = holder(centre)
    blob = written(centre, lawyer)
    code = staff.change(lawyer, staff.by_passphrase(lawyer, WORDS), "another passphrase of four words")
    with pytest.raises(ValidationError):
        staff.by_passphrase(lawyer, WORDS)
    private = staff.by_passphrase(lawyer, "another passphrase of four words")
    with ring(lawyer.pk, private), scope.acting(actor_for(lawyer)):
        assert unseal(place(centre), blob) == "secret"
    assert staff.by_code(lawyer, code) == private


def test_the_printed_code_opens_however_it_is_typed(centre: Organisation) -> None:
    user = factories.user(centre, "lawyer")
    code = staff.set_up(user, WORDS)
    staff.confirm(user, code.lower().replace("-", " "))
    assert staff.by_code(user, f" {code} ") == staff.by_passphrase(user, WORDS)
    wrong = ("B" if code[0] != "B" else "C") + code[1:]
    with pytest.raises(ValidationError):
        staff.by_code(user, wrong)


def test_a_new_login_password_opens_no_file(centre: Organisation) -> None:
    lawyer = holder(centre)
    lawyer.set_password("a new login password")
    lawyer.save()
    assert staff.by_passphrase(lawyer, WORDS)
    with pytest.raises(ValidationError):
        staff.by_passphrase(lawyer, "a new login password")


def test_a_passkey_opens_what_it_was_let_open(centre: Organisation) -> None:
    lawyer = holder(centre)
    private = staff.by_passphrase(lawyer, WORDS)
    staff.add_passkey(lawyer, private, "credential", b"s" * 32, b"d" * 32)
    assert staff.by_passkey(lawyer, "credential", b"d" * 32) == private
    for credential, derived in (("credential", b"e" * 32), ("another", b"d" * 32), ("credential", b"")):
        with pytest.raises(ValidationError):
            staff.by_passkey(lawyer, credential, derived)


def asked(centre: Organisation, user: User) -> Glass:
    return Glass.objects.create(
        organisation_id=centre.pk, user=user, model="casework.casefile", object_ref="case12345678", tier=3,
        category="danger", reason=b"",
    )  # fmt: skip


def agree(glass: Glass, user: User) -> bool:
    with working(user):
        approval = GlassApproval.objects.create(glass=glass, by=user)
        until = timezone.now() + timedelta(hours=4)
        return escrow.approve(approval, "case12345678", Tier.T3, until)


def test_one_custodian_lends_for_four_hours(centre: Organisation) -> None:
    lawyer, asker, custodian = holder(centre), holder(centre), holder(centre, "director")
    factories.emergency_key(centre, [custodian.pk], 1)
    blob = written(centre, lawyer)
    assert agree(asked(centre, asker), custodian)
    with working(asker):
        assert unseal(place(centre), blob) == "secret"
    KeyWrap.objects.filter(user=asker).update(expires_at=timezone.now() - timedelta(seconds=1))
    with working(asker), pytest.raises(Unreadable):
        unseal(place(centre), blob)
    with working(custodian), pytest.raises(Unreadable):
        unseal(place(centre), blob)


@pytest.mark.parametrize(("first", "second"), [(0, 1), (1, 0), (0, 2), (2, 1)])
def test_any_two_of_three_lend_and_one_cannot(centre: Organisation, first: int, second: int) -> None:
    lawyer, asker = holder(centre), holder(centre)
    custodians = [holder(centre, "director"), holder(centre, "data_protection_officer"), holder(centre, "director")]
    factories.emergency_key(centre, [one.pk for one in custodians], 2)
    blob = written(centre, lawyer)
    glass = asked(centre, asker)
    assert not agree(glass, custodians[first])
    with working(asker), pytest.raises(Unreadable):
        unseal(place(centre), blob)
    assert agree(glass, custodians[second])
    with working(asker):
        assert unseal(place(centre), blob) == "secret"


def test_the_emergency_key_is_closed_for_nobody_else(centre: Organisation) -> None:
    holder(centre)
    stranger, custodian = holder(centre, "director"), holder(centre, "director")
    factories.emergency_key(centre, [custodian.pk], 1)
    glass = asked(centre, holder(centre))
    with pytest.raises(ValidationError):
        agree(glass, stranger)
    approval = GlassApproval.objects.create(glass=glass, by=custodian)
    with scope.acting(actor_for(custodian)), pytest.raises(ValidationError):  # locked
        escrow.approve(approval, "case12345678", Tier.T3, timezone.now())


def test_a_file_kept_out_of_the_emergency_key_stays_out(centre: Organisation) -> None:
    lawyer, custodian = holder(centre), holder(centre, "director")
    factories.emergency_key(centre, [custodian.pk], 1)
    with working(lawyer):
        data.make("case12345678", Tier.T3, centre.pk, [lawyer.pk], escrow=False)
        seal(place(centre), "secret")
        data.revoke("case12345678", Tier.T3, custodian.pk)
    assert not escrow.keeps("case12345678", Tier.T3)


def test_an_emergency_key_made_later_or_anew_opens_what_its_team_opens(centre: Organisation) -> None:
    """Nobody but the team can give it: they do when they unlock."""
    lawyer, other, custodian = holder(centre), holder(centre), holder(centre, "director")
    blob = written(centre, lawyer)
    with working(lawyer):
        data.make("refused00001", Tier.T3, centre.pk, [lawyer.pk], escrow=False)
    for _round in range(2):
        factories.emergency_key(centre, [custodian.pk], 1)
        assert not escrow.keeps("case12345678", Tier.T3)
        for user, unlocked, count in ((other, True, 0), (lawyer, False, 0), (lawyer, True, 1), (lawyer, True, 0)):
            with working(user, unlocked=unlocked):
                assert escrow.entrust(centre.pk, user.pk) == count
        assert escrow.keeps("case12345678", Tier.T3)
        assert agree(asked(centre, other), custodian)
        with working(other):
            assert unseal(place(centre), blob) == "secret"
    assert not escrow.keeps("refused00001", Tier.T3)
    with working(lawyer):
        data.revoke("refused00001", Tier.T3, other.pk)
        assert escrow.entrust(centre.pk, lawyer.pk) == 0  # the new version is refused, too


def test_halves_of_the_emergency_key_do_not_lie_about(centre: Organisation) -> None:
    asker = holder(centre)
    custodians = [holder(centre, "director") for _ in range(3)]
    one, two, _three = custodians
    factories.emergency_key(centre, [user.pk for user in custodians], 2)
    glass = asked(centre, asker)
    agree(glass, one)
    assert GlassApproval.objects.get().released
    agree(glass, two)
    assert [approval.released for approval in GlassApproval.objects.all()] == [{}, {}]
    old = asked(centre, asker)
    agree(old, one)
    factories.emergency_key(centre, [user.pk for user in custodians], 2)
    assert GlassApproval.objects.get(glass=old).released == {}
    assert not agree(old, two)


def test_a_plan_changes_nothing_until_another_person_confirms_it(centre: Organisation) -> None:
    lawyer, custodian, alone = holder(centre), holder(centre, "director"), holder(centre, "director")
    factories.emergency_key(centre, [custodian.pk])
    written(centre, lawyer)
    plan = escrow.plan(centre.pk, [alone.pk], 1, asked_by=alone.pk)
    assert Escrow.objects.in_force(centre.pk) != plan
    written(centre, lawyer, row="row2")
    with working(lawyer):
        escrow.entrust(centre.pk, lawyer.pk)
    with pytest.raises(ValidationError, match="no part"):
        agree(asked(centre, holder(centre)), alone)
    assert agree(asked(centre, holder(centre)), custodian)
    with pytest.raises(IntegrityError), transaction.atomic():
        escrow.confirm(plan, alone.pk)
    assert escrow.keeps("case12345678", Tier.T3)
    escrow.confirm(plan, custodian.pk)
    assert Escrow.objects.get() == plan
    assert not escrow.keeps("case12345678", Tier.T3)


def test_lent_keys_go_when_the_time_is_over(centre: Organisation) -> None:
    lawyer, asker, custodian = holder(centre), holder(centre), holder(centre, "director")
    factories.emergency_key(centre, [custodian.pk], 1)
    written(centre, lawyer)
    agree(asked(centre, asker), custodian)
    assert data.forget_lent() == 0
    KeyWrap.objects.filter(user=asker).update(expires_at=timezone.now())
    assert data.forget_lent() == 1
    assert not KeyWrap.objects.filter(user=asker).exists()
    assert KeyWrap.objects.filter(user=lawyer).exists()


def test_destroyed_keys_open_nothing(centre: Organisation) -> None:
    lawyer = holder(centre)
    blob = written(centre, lawyer)
    assert data.destroy({"case12345678"}) == 1
    assert not KeyWrap.objects.exists()
    with working(lawyer), pytest.raises(Unreadable):
        unseal(place(centre), blob)


def test_printed_codes_survive_reading_aloud() -> None:
    secret = boxes.new_salt()
    code = boxes.printed(secret)
    assert boxes.from_print(code.lower().replace("-", "").replace("O", "0").replace("I", "1")) == secret
