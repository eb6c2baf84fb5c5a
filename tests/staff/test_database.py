"""What the database itself refuses to the application, whoever acts: asked in SQL, past all actions."""

from collections.abc import Callable

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from przystan.access.actors import Actor
from przystan.access.models import User
from przystan.access.scope import acting
from przystan.staff.models import Agreement, CountryTie, Hour, Proof, Worker, WorkerLanguage
from tests.staff import making
from tests.staff.conftest import House

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
REFUSED = "row-level security"
PROOF = (
    "INSERT INTO staff_proof (ref, created_at, worker_id, kind_id, country, day, result) SELECT"
    " left(md5(random()::text), 12), now(), {worker}, id, '', CURRENT_DATE, 'clear' FROM staff_proofkind LIMIT 1"
)
AGREEMENT = (
    "INSERT INTO staff_agreement (ref, created_at, worker_id, kind_id, valid_from, in_writing) SELECT"
    " left(md5(random()::text), 12), now(), {worker}, id, CURRENT_DATE, true FROM staff_agreementkind LIMIT 1"
)
COUNTRY = "INSERT INTO staff_countrytie (worker_id, country, tie) VALUES ({worker}, 'PL', 'citizen')"
LANGUAGE = "INSERT INTO staff_workerlanguage (worker_id, language, skill, level) VALUES ({worker}, 'fa', 'sworn', '')"
TIME = "INSERT INTO staff_availability (worker_id, words) VALUES ({worker}, 'never')"
SAID = "UPDATE staff_worker SET told_on = CURRENT_DATE WHERE id = {worker}"
ABOUT_ONESELF = {"proof": PROOF, "agreement": AGREEMENT, "country": COUNTRY, "language": LANGUAGE, "time": TIME}


def run(actor: Actor, sql: str) -> int:
    """Rows that the statement changed, as the application's role for this actor."""
    with acting(actor), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.rowcount)


def refused(actor: Actor, sql: str) -> None:
    with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
        run(actor, sql)


@pytest.fixture
def kinds() -> None:
    making.agreement_kind(), making.proof_kind()


@pytest.mark.parametrize("sql", [*ABOUT_ONESELF.values(), SAID], ids=[*ABOUT_ONESELF, "said"])
def test_nobody_writes_what_lets_themselves_work(house: House, kinds: None, sql: str) -> None:
    """An interpreter, and a coordinator about herself: but who leads them does."""
    refused(house.actor("interpreter"), sql.format(worker=house.hasan.pk))
    lead = house.users["lead"]
    julia = making.worker(house.here, "Julia Lead", user=lead)
    refused(house.actor("lead"), sql.format(worker=julia.pk))
    assert run(house.actor("lead"), sql.format(worker=house.hasan.pk)) == 1
    assert run(house.actor("lead of all"), sql.format(worker=julia.pk)) == 1


@pytest.mark.parametrize("sql", ABOUT_ONESELF.values(), ids=ABOUT_ONESELF)
@pytest.mark.parametrize("who", ["lead there", "adviser", "stranger"])
def test_nor_who_does_not_lead_them(house: House, kinds: None, sql: str, who: str) -> None:
    refused(house.actor(who), sql.format(worker=house.hasan.pk))


def test_a_finding_is_taken_away_by_nobody(house: House) -> None:
    making.proof(house.hasan, result="found"), making.agreement(house.hasan)
    for who in ("interpreter", "lead", "lead of all", "stranger"):
        for table in ("proof", "agreement"):
            assert run(house.actor(who), f"DELETE FROM staff_{table}") == 0, (who, table)
    assert (Proof.objects.count(), Agreement.objects.count()) == (1, 1)


def test_countries_and_languages_are_taken_away_by_who_leads(house: House) -> None:
    making.country(house.hasan), making.language(house.hasan)
    for who, gone in (("interpreter", 0), ("adviser", 0), ("lead there", 0), ("lead", 1)):
        for model in (CountryTie, WorkerLanguage):
            assert run(house.actor(who), f"DELETE FROM {model._meta.db_table}") == gone, (who, model)


def test_a_proof_is_not_moved_to_another(house: House) -> None:
    making.proof(house.hasan, result="found")
    with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
        run(house.actor("interpreter"), "UPDATE staff_proof SET result = 'clear'")
    assert Proof.objects.get().result == "found"


HOUR = (
    "INSERT INTO staff_hour (ref, organisation_id, worker_id, day, booked_on, minutes, task, language, mode, sign,"
    " for_user_id, for_point_id, noted_at, noted_by_id, confirmed_at, confirmed_by_id, confirmed_how) VALUES"
    " (left(md5(random()::text), 12), {organisation}, {worker}, CURRENT_DATE, CURRENT_DATE, 60, 'other', '', 'phone',"
    " 1, {user}, NULL, now(), {noted}, {when}, {confirmed}, {how})"
)


def hour(house: House, by: User, *, noted: User | None = None, confirmed: User | None = None) -> str:
    """An hour of Hasan's, for whoever acts, in their organisation."""
    return HOUR.format(
        organisation=by.memberships.get().organisation_id,
        worker=house.hasan.pk,
        user=by.pk,
        noted=noted.pk if noted else "NULL",
        when="now()" if confirmed else "NULL",
        confirmed=confirmed.pk if confirmed else "NULL",
        how="'account'" if confirmed else "''",
    )


def test_another_organisation_notes_no_hour_of_ours(house: House) -> None:
    stranger = house.users["stranger"]
    refused(house.actor("stranger"), hour(house, stranger, noted=stranger))
    assert not Hour.objects.exists()


Forged = Callable[[House], str]
FORGED: dict[str, tuple[str, Forged]] = {
    "a colleague for whom it would be": (
        "adviser",
        lambda house: hour(house, house.users["adviser"], noted=house.users["adviser"]),
    ),
    "in somebody else's name": (
        "lead",
        lambda house: hour(house, house.users["lead"], noted=house.users["interpreter"]),
    ),
    "confirmed already": (
        "interpreter",
        lambda house: hour(
            house, house.users["interpreter"], noted=house.users["interpreter"], confirmed=house.users["lead"]
        ),
    ),
    "another point's lead": (
        "lead there",
        lambda house: hour(house, house.users["lead there"], noted=house.users["lead there"]),
    ),
}


@pytest.mark.parametrize("how", FORGED)
def test_nobody_notes_an_hour_that_is_not_theirs_to_note(house: House, how: str) -> None:
    who, sql = FORGED[how]
    refused(house.actor(who), sql(house))


@pytest.mark.parametrize("who", ["interpreter", "lead", "lead of all"])
def test_the_worker_notes_and_who_leads_them_and_none_is_deleted(house: House, who: str) -> None:
    assert run(house.actor(who), hour(house, house.users[who], noted=house.users[who])) == 1
    assert run(house.actor(who), "DELETE FROM staff_hour") == 0
    assert Hour.objects.count() == 1


def test_nobody_says_of_themselves_whose_account_it_is_nor_changes_who_is_elsewhere(house: House) -> None:
    """Whose account it is, and where they work, decides what may be read and written."""
    other = making.worker(house.there, "Other", user=house.users["other interpreter"])
    refused(house.actor("interpreter"), f"UPDATE staff_worker SET user_id = NULL WHERE id = {house.hasan.pk}")
    refused(house.actor("lead"), f"UPDATE staff_worker SET name = 'Mine' WHERE id = {other.pk}")
    assert run(house.actor("lead"), "DELETE FROM staff_worker WHERE user_id IS NOT NULL AND point_id IS NULL") == 0
    assert Worker.objects.count() == 2
