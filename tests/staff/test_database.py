"""What the database itself refuses to the application, whoever acts: asked in SQL, past all actions."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from przystan.access.actors import bearer
from przystan.access.models import User
from przystan.access.scope import acting
from przystan.links.actions import make
from przystan.links.models import Link
from przystan.staff.models import (
    Agreement,
    AgreementKind,
    CountryTie,
    Hour,
    Proof,
    ProofKind,
    ProofRule,
    Worker,
    WorkerLanguage,
)
from tests.harness.sql import refused, run
from tests.staff import making
from tests.staff.conftest import House

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
PROOF = (
    "INSERT INTO staff_proof (ref, created_at, worker_id, kind_id, country, day, result, by_id) SELECT"
    " left(md5(random()::text), 12), now(), {worker}, id, '', CURRENT_DATE, 'clear', app_uid() FROM staff_proofkind"
    " LIMIT 1"
)
AGREEMENT = (
    "INSERT INTO staff_agreement (ref, created_at, worker_id, kind_id, valid_from, in_writing, by_id) SELECT"
    " left(md5(random()::text), 12), now(), {worker}, id, CURRENT_DATE, true, app_uid() FROM staff_agreementkind"
    " LIMIT 1"
)
COUNTRY = "INSERT INTO staff_countrytie (worker_id, country, tie) VALUES ({worker}, 'PL', 'citizen')"
LANGUAGE = "INSERT INTO staff_workerlanguage (worker_id, language, skill, level) VALUES ({worker}, 'fa', 'sworn', '')"
TIME = "INSERT INTO staff_availability (worker_id, words) VALUES ({worker}, 'never')"
SAID = "UPDATE staff_worker SET told_on = CURRENT_DATE WHERE id = {worker}"
ABOUT_ONESELF = {"proof": PROOF, "agreement": AGREEMENT, "country": COUNTRY, "language": LANGUAGE, "time": TIME}


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
    refused(house.actor("interpreter"), "UPDATE staff_proof SET result = 'clear'")
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


@pytest.mark.parametrize(
    "change",
    ["result = 'clear'", "day = CURRENT_DATE", "ends = NULL", "created_at = now()", "by_id = NULL", "country = 'UA'"],
)
@pytest.mark.parametrize("who", ["lead", "lead of all"])
def test_a_finding_says_what_it_said(house: House, change: str, who: str) -> None:
    """Whoever leads may strike it out, under their own name, once."""
    by = house.users["other interpreter"]
    making.proof(house.hasan, result="found", ends=TODAY, day=making.LONG_AGO, by=by)
    refused(house.actor(who), f"UPDATE staff_proof SET {change}")
    assert Proof.objects.get().result == "found"


def test_a_paper_is_struck_out_once_under_ones_own_name(house: House) -> None:
    making.proof(house.hasan), making.agreement(house.hasan)
    for table in ("proof", "agreement"):
        strike = f"UPDATE staff_{table} SET struck_at = now(), struck_by_id = {{}}"
        refused(house.actor("lead"), strike.format(house.users["lead of all"].pk))
        assert run(house.actor("lead"), strike.format("app_uid()")) == 1
        refused(house.actor("lead of all"), strike.format("app_uid()"))
        refused(house.actor("lead"), f"UPDATE staff_{table} SET struck_at = NULL, struck_by_id = NULL")


def test_an_agreement_ends_sooner_and_never_later(house: House) -> None:
    making.agreement(house.hasan, valid_to=TODAY)
    ends = "UPDATE staff_agreement SET valid_to = CURRENT_DATE {} 7"
    assert run(house.actor("lead"), ends.format("-")) == 1
    refused(house.actor("lead"), ends.format("+"))
    refused(house.actor("lead"), "UPDATE staff_agreement SET valid_to = NULL")
    refused(house.actor("lead"), "UPDATE staff_agreement SET in_writing = NOT in_writing")


def test_nobody_writes_a_paper_in_anothers_name(house: House, kinds: None) -> None:
    other = str(house.users["lead of all"].pk)
    for sql in (PROOF, AGREEMENT):
        refused(house.actor("lead"), sql.format(worker=house.hasan.pk).replace("app_uid()", other))


CONFIRM = "UPDATE staff_hour SET confirmed_at = now(), confirmed_how = 'account', confirmed_by_id = {}"
NOT_THEIRS: dict[str, tuple[str, Callable[[House], str]]] = {
    "one's own": ("lead", lambda house: CONFIRM.format("app_uid()")),
    "in another's name": ("lead of all", lambda house: CONFIRM.format(house.users["interpreter"].pk)),
    "one's own, noted by nobody from now on": (
        "lead",
        lambda house: CONFIRM.format("app_uid()") + ", noted_by_id = NULL",
    ),
    "one's own, by a link": (
        "lead",
        lambda house: "UPDATE staff_hour SET confirmed_at = now(), confirmed_how = 'link'",
    ),
    "as of somebody erased": (
        "lead of all",
        lambda house: "UPDATE staff_hour SET confirmed_at = now(), confirmed_how = 'erased'",
    ),
    "longer than it was": ("lead of all", lambda house: CONFIRM.format("app_uid()") + ", minutes = 600"),
    "another's hour": ("lead of all", lambda house: "UPDATE staff_hour SET noted_by_id = app_uid()"),
}


@pytest.mark.parametrize("how", NOT_THEIRS)
def test_an_hour_is_confirmed_by_another_in_their_own_name(house: House, how: str) -> None:
    """Julia leads, and noted it."""
    making.hour(house.hasan, day=TODAY, noted_by=house.users["lead"])
    who, sql = NOT_THEIRS[how]
    refused(house.actor(who), sql(house))
    assert Hour.objects.get().confirmed_at is None
    assert run(house.actor("lead of all"), CONFIRM.format("app_uid()")) == 1
    refused(house.actor("lead of all"), "UPDATE staff_hour SET confirmed_at = NULL, confirmed_by_id = NULL")


def test_who_noted_an_hour_hands_out_no_link_that_asks_about_it(house: House) -> None:
    making.hour(house.hasan, day=TODAY, noted_by=house.users["lead"])
    made = {who: by_hand(house, who) for who in ("lead", "lead of all")}
    asks = "UPDATE staff_hour SET link_id = {}"
    refused(house.actor("lead"), asks.format(made["lead"].pk))
    refused(house.actor("lead"), asks.format(made["lead of all"].pk))
    assert run(house.actor("lead of all"), asks.format(made["lead of all"].pk)) == 1
    assert run(house.actor("lead"), "UPDATE staff_hour SET link_id = NULL") == 1


def by_hand(house: House, who: str) -> Link:
    with acting(house.actor(who)) as by:
        return make(by=by, purpose="staff.hour", language="pl").link


RULE = (
    "INSERT INTO staff_proofrule (kind_id, organisation_id, replaces_id, needed, besides, source, certainty,"
    " valid_from, asked_at, asked_by_id, confirmed_at, confirmed_by_id) VALUES ({kind}, {organisation}, {rule},"
    " 'never', '', 'x', 'house', CURRENT_DATE, now(), {asked}, {when}, {second})"
)


def rule_of(house: House, who: str, **more: object) -> str:
    """An INSERT of a change that this account asked for, of the only rule that there is."""
    rule = ProofRule.objects.get()
    values = {
        "organisation": house.here.organisation_id,
        "asked": house.users[who].pk,
        "when": "NULL",
        "second": "NULL",
    }
    return RULE.format(kind=rule.kind_id, rule=rule.pk, **values | more)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE staff_proofrule SET needed = 'never'",
        "UPDATE staff_proofrule SET valid_to = CURRENT_DATE - 1",
        "UPDATE staff_proofrule SET organisation_id = app_org()",
        "INSERT INTO staff_proofrule (kind_id, needed, besides, source, certainty) SELECT kind_id, 'never', '', 'x',"
        " 'law' FROM staff_proofrule",
    ],
)
@pytest.mark.parametrize("who", ["lead of all", "stranger", "interpreter"])
def test_what_the_law_asks_is_nobodys_to_change(house: House, kinds: None, sql: str, who: str) -> None:
    refused(house.actor(who), sql)
    assert run(house.actor(who), "DELETE FROM staff_proofrule") == 0
    assert ProofRule.objects.get().needed == "minors"


def test_a_change_is_asked_for_by_who_leads_all_in_their_own_name(house: House, kinds: None) -> None:
    other, second = house.users["stranger"].memberships.get().organisation_id, house.users["second of all"].pk
    refused(house.actor("lead"), rule_of(house, "lead"))
    refused(house.actor("second of all"), rule_of(house, "lead of all"))
    refused(house.actor("lead of all"), rule_of(house, "lead of all", organisation=other))
    refused(house.actor("lead of all"), rule_of(house, "lead of all", when="now()", second=second))
    assert run(house.actor("lead of all"), rule_of(house, "lead of all")) == 1


def test_a_change_is_confirmed_by_another_who_leads_all_and_says_what_was_asked(house: House, kinds: None) -> None:
    assert run(house.actor("lead of all"), rule_of(house, "lead of all")) == 1
    own = " WHERE organisation_id IS NOT NULL"
    confirm = "UPDATE staff_proofrule SET confirmed_at = now(), confirmed_by_id = app_uid()"
    for who, sql in (
        ("lead", confirm),
        ("second of all", f"{confirm}, needed = 'minors'"),
        ("second of all", f"{confirm}, asked_by_id = {house.users['lead'].pk}"),
        ("second of all", confirm.replace("app_uid()", str(house.users["lead"].pk))),
    ):
        refused(house.actor(who), sql + own)
    assert run(house.actor("stranger"), confirm + own) == 0
    assert run(house.actor("second of all"), confirm + own) == 1
    refused(
        house.actor("second of all"), "UPDATE staff_proofrule SET confirmed_at = NULL, confirmed_by_id = NULL" + own
    )
    for who in ("lead of all", "second of all"):
        assert run(house.actor(who), "DELETE FROM staff_proofrule") == 0, who


KIND = {"proof": "per = 'lived'", "agreement": "code = code || 'x'"}


@pytest.mark.parametrize("who", ["interpreter", "lead of all", "stranger"])
@pytest.mark.parametrize("table", KIND)
def test_the_kinds_that_the_rules_speak_of_are_nobodys_to_change(
    house: House, kinds: None, table: str, who: str
) -> None:
    more = ("family, may_be_declared, per, ", "'check', true, 'once', ") if table == "proof" else ("", "")
    refused(house.actor(who), f"UPDATE staff_{table}kind SET {KIND[table]}")
    refused(
        house.actor(who),
        f"INSERT INTO staff_{table}kind ({more[0]}code, names, position) SELECT {more[1]}'x', '{{}}', 0",
    )
    assert run(house.actor(who), f"DELETE FROM staff_{table}kind") == 0
    with acting(house.actor(who)):
        assert (ProofKind if table == "proof" else AgreementKind).objects.exists(), "and everybody reads them"


@pytest.mark.parametrize("change", ["user_id = NULL", "user_id = {other}", "point_id = NULL", "told_on = CURRENT_DATE"])
@pytest.mark.parametrize("who", ["lead", "lead of all"])
def test_nobody_takes_their_account_from_what_is_written_about_them(house: House, who: str, change: str) -> None:
    """Who leads would then write papers about themselves."""
    row = making.worker(house.here, "Themselves", user=house.users[who])
    told = change.format(other=house.users["volunteer"].pk)
    refused(house.actor(who), f"UPDATE staff_worker SET {told} WHERE id = {row.pk}")
    assert Worker.objects.get(pk=row.pk).user == house.users[who]


def test_nobody_moves_to_their_point_whom_they_do_not_lead(house: House) -> None:
    refused(
        house.actor("lead there"), f"UPDATE staff_worker SET point_id = {house.there.pk} WHERE id = {house.hasan.pk}"
    )
    assert run(house.actor("lead"), f"UPDATE staff_worker SET user_id = NULL WHERE id = {house.hasan.pk}") == 1


@pytest.mark.parametrize("table", ["countrytie", "workerlanguage", "availability"])
def test_what_is_written_about_somebody_is_not_moved_to_another(house: House, table: str) -> None:
    """A country in which one lived, moved to somebody else whom one leads."""
    own = making.worker(house.here, "Themselves", user=house.users["lead"])
    making.country(own), making.language(own), making.availability(own)
    refused(house.actor("lead"), f"UPDATE staff_{table} SET worker_id = {house.hasan.pk}")


COUNTER = (
    "INSERT INTO staff_hour (ref, organisation_id, worker_id, day, booked_on, minutes, task, language, mode, sign,"
    " reverses_id, for_point_id, noted_at, noted_by_id, confirmed_how) SELECT left(md5(random()::text), 12),"
    " app_org(), {worker}, CURRENT_DATE, CURRENT_DATE, {minutes}, 'other', '', 'phone', -1, {hour}, {point}, now(),"
    " app_uid(), ''"
)


def test_a_counter_entry_takes_away_from_the_same_worker_and_as_much(house: House) -> None:
    """Another's would keep the hour from ever being confirmed, or taken back."""
    mine = making.worker(house.here, "Other", user=house.users["other interpreter"])
    theirs = making.hour(house.hasan, day=TODAY, minutes=60)
    values = {"hour": theirs.pk, "point": house.here.pk}
    refused(house.actor("other interpreter"), COUNTER.format(worker=mine.pk, minutes=60, **values))
    refused(house.actor("interpreter"), COUNTER.format(worker=house.hasan.pk, minutes=1, **values))
    assert run(house.actor("interpreter"), COUNTER.format(worker=house.hasan.pk, minutes=60, **values)) == 1


PAST = "now() - interval '2 years'"


@pytest.mark.parametrize(("at", "who"), [(PAST, "NULL"), (PAST, "app_uid()"), ("now()", "NULL"), ("NULL", "app_uid()")])
def test_a_finding_is_struck_out_now_and_by_somebody(house: House, at: str, who: str) -> None:
    making.proof(house.hasan, result="found"), making.agreement(house.hasan)
    for table in ("proof", "agreement"):
        refused(house.actor("lead"), f"UPDATE staff_{table} SET struck_at = {at}, struck_by_id = {who}")
    assert Proof.objects.get().struck_at is None


def test_a_rule_is_confirmed_now_and_stays_as_it_was_confirmed(house: House, kinds: None) -> None:
    assert run(house.actor("lead of all"), rule_of(house, "lead of all")) == 1
    confirm = (
        "UPDATE staff_proofrule SET confirmed_by_id = app_uid(), confirmed_at = {} WHERE organisation_id IS NOT NULL"
    )
    second = house.actor("second of all")
    refused(second, confirm.format(PAST))
    assert run(second, confirm.format("now()")) == 1
    refused(second, f"UPDATE staff_proofrule SET confirmed_at = {PAST} WHERE organisation_id IS NOT NULL")


def test_an_hour_is_confirmed_now(house: House) -> None:
    making.hour(house.hasan, day=TODAY, noted_by=house.users["lead"])
    refused(house.actor("lead of all"), CONFIRM.format("app_uid()").replace("now()", PAST))


def test_an_hour_is_not_noted_with_a_link_that_asks_about_it(house: House) -> None:
    mine = house.users["interpreter"]
    for who in ("interpreter", "lead"):
        link = forged(house, who)
        sql = hour(house, mine, noted=mine).replace("(ref,", "(link_id, ref,").replace("(left", f"({link}, left")
        refused(house.actor("interpreter"), sql)


def test_who_noted_an_hour_does_not_confirm_it_by_a_link_made_anew(house: House) -> None:
    """The link was another's; made anew by who noted the hour, it opens for them and confirms nothing."""
    made = by_hand(house, "lead of all")
    making.hour(house.hasan, day=TODAY, noted_by=house.users["lead"], link=made)
    confirm = "UPDATE staff_hour SET confirmed_at = now(), confirmed_how = 'link'"
    assert run(house.actor("lead"), f"UPDATE links_link SET by_id = app_uid(), digest = '{'a' * 64}'") == 1
    refused(bearer(house.here.organisation_id, "a" * 64, frozenset()), confirm)
    assert run(house.actor("lead of all"), f"UPDATE links_link SET by_id = app_uid(), digest = '{'b' * 64}'") == 1
    assert run(bearer(house.here.organisation_id, "b" * 64, frozenset()), confirm) == 1


def forged(house: House, who: str) -> int:
    """A link of this account's, made in SQL."""
    by = house.users[who].pk
    sql = (
        "INSERT INTO links_link (ref, organisation_id, purpose, language, digest, code, wrong_codes, uses, used, by_id,"
        " made_at, expires_at) SELECT left(md5(random()::text), 12), app_org(), 'staff.hour', 'pl',"
        f" md5(random()::text), '', 0, 1, 0, {by}, now(), now() + interval '1 day'"
    )
    assert run(house.actor(who), sql) == 1
    return Link.objects.latest("id").pk
