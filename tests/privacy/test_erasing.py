"""Erasing a person: what goes, what stays without them, who confirms, and what is left to read: nothing."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from przystan.access.actors import Actor, Forbidden, system
from przystan.access.models import AuditEntry, DataKey, Glass
from przystan.access.models.glass import Category
from przystan.access.scope import acting
from przystan.access.tiers import Tier
from przystan.access.verifying import verify
from przystan.casework.models import CaseFile, CaseMember, Note, NoteVersion
from przystan.errands.models import Errand
from przystan.exchange.models import ImportBatch, ImportRow
from przystan.funding.models import Allocation
from przystan.ledger.models import Period
from przystan.people.actions import merge
from przystan.people.models import Channel, Citizenship, Person, PersonName, Relation, TitleHeld
from przystan.people.queries.links import ours, owned, personal, privacy_of
from przystan.privacy import actions
from przystan.privacy.actions.wiping import wipe
from przystan.privacy.enums import ErasureState, RequestKind
from przystan.privacy.loading import load_retention
from przystan.privacy.models import Erasure, LegalHold, SubjectRequest
from przystan.privacy.queries.plans import plan_for_sensitive, plan_of
from przystan.privacy.queries.requests import erased
from przystan.reference.models import ResidenceTitle
from przystan.support.models import Support, SupportPerson
from przystan.team.models import Membership
from przystan.team.queries import actor_for
from tests import factories

pytestmark = pytest.mark.django_db
CANARY = "Kanarek"


def found_in_tables(text: str) -> list[str]:
    """Tables of the database with a row that holds this text in any column."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            either = [f"%{text}%", f"%{text.encode().hex()}%"]  # bytes are shown in hexadecimal
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s OR t::text LIKE %s', either)
            if cursor.fetchone()[0]:
                found.append(table)
    return found


@pytest.fixture
def centre():
    return factories.organisation()


@pytest.fixture
def point(centre):
    return factories.point(centre)


def full_person(point, by) -> Person:
    """Somebody of whom every kind of fact is known, each with a canary."""
    one = factories.person(point, f"{CANARY} Pierwsza", birth="1987-05-03", centre_reference=f"{CANARY}-1")
    title = ResidenceTitle.objects.create(code="t", names={"en": "t"}, title_class="x")
    TitleHeld.objects.create(person=one, title=title, document=f"{CANARY} paszport")
    Citizenship.objects.create(person=one, country="UA")
    Channel.objects.create(person=one, kind="phone", value=f"{CANARY} 500", digits="48500", shared_with=f"{CANARY} mąż")
    other = factories.person(point, "Somebody Else")
    Relation.objects.create(person=one, other=other, kind="partner")
    case = CaseFile.objects.create(
        organisation=point.organisation, point=point, person=one, kind="support", title=CANARY
    )
    CaseMember.objects.create(case=case, user_id=by.user_id, role="lead")
    note = Note.objects.create(case=case, author_id=by.user_id)
    NoteVersion.objects.create(note=note, number=1, text=f"{CANARY} note", by_id=by.user_id)
    given = factories.support(
        point, factories.service(), one, next_step=f"{CANARY} calls", next_step_on=date(2026, 7, 1)
    )
    factories.pay(given, factories.programme(point.organisation))
    Allocation.objects.filter(support=given).update(reason=f"{CANARY} asked for it")
    factories.support(point, factories.service(), one, other, next_step="for both")
    return one


def test_kept_files_go_with_what_is_sensitive_alone_too(centre, point):
    person = full_person(point, factories.actor(centre, "coordinator"))
    factories.errand(centre, None, CANARY.encode())
    with acting(machine := system(centre.pk, "test")):
        wipe(plan_for_sensitive(person), by=machine, whole=False, least=Tier.T2)
    assert not Errand.objects.exists()
    assert PersonName.objects.filter(person=person).exists()


def test_everything_goes_and_the_ledger_stays(centre, point):
    by, second = factories.actor(centre, "coordinator"), factories.actor(centre, "coordinator")
    person = full_person(point, by)
    twin = factories.person(point, f"{CANARY} Druga")
    coordinator = factories.actor(centre, "coordinator")
    merge(by=coordinator, kept=person, absorbed=twin)
    Period.objects.create(organisation=centre, starts=date(2026, 1, 1), ends=date(2026, 9, 30))
    factories.errand(centre, None, CANARY.encode())
    for state, cells in (("done", [f"{CANARY} Druga"]), ("checked", [f"{CANARY} Pierwsza", "3.05.1987"])):
        file = ImportBatch.objects.create(
            organisation=centre, kind="people", state=state, mapping={"0": "name"}, rows_total=2
        )
        ImportRow.objects.create(batch=file, number=2, cells=cells)
        ImportRow.objects.create(batch=file, number=3, cells=["Somebody Else"])
    assert len(found_in_tables(CANARY)) > 3
    refs = {person.ref, CaseFile.objects.get().ref}
    assert DataKey.objects.filter(holder__in=refs).count() == 2

    glass = actions.ask(
        by=by, model="people.person", ref=person.ref, category=Category.DANGER, reason=f"{CANARY} fainted at the desk"
    )

    asked = actions.ask_erasure(by=by, person=person)
    done = actions.confirm_erasure(by=second, erasure=asked)

    assert found_in_tables(CANARY) == []
    assert not DataKey.objects.filter(holder__in=refs).exists()
    assert not CaseFile.objects.exists()
    assert not Errand.objects.exists()
    assert list(ImportRow.objects.values_list("number", flat=True)) == [3, 3]
    assert done.state == ErasureState.DONE
    assert done.report["deleted"]["people.personname"] == 2
    shell = Person.objects.get(pk=person.pk)
    assert (shell.birth, shell.centre_reference, shell.sex) == ("", "", "unknown")
    assert shell.erased_at
    assert not Person.objects.filter(pk=twin.pk).exists()
    assert not Person.objects.seen_by(by).filter(pk=person.pk).exists()
    assert Support.objects.count() == 2
    assert Allocation.objects.get().reason == ""
    assert SupportPerson.objects.filter(person=shell).count() == 2
    assert Support.objects.filter(next_step="for both").exists()
    assert PersonName.objects.filter(text="Somebody Else").exists()
    assert bytes(Glass.objects.get(pk=glass.pk).reason) == b""
    assert not DataKey.objects.filter(holder=glass.ref).exists()
    assert verify().is_fine
    assert AuditEntry.objects.filter(action="erasure.done").exists()


def test_reasons_for_looks_asked_by_alias_go_too(centre, point):
    person = factories.person(point, protected=True, alias="Bez-7F3K-Q2")
    asker = factories.actor(centre, "case_manager")
    for ref in ("bez-7f3k-q2", "Bez-1111-22"):
        actions.ask(by=asker, model="people.person", ref=ref, category=Category.DANGER, reason=f"{CANARY} fainted")
    about, other = Glass.objects.order_by("pk")
    erasure = Erasure.objects.create(organisation=centre, person=person, person_ref=person.ref)
    actions.carry_out(by=factories.actor(centre, "data_protection_officer"), erasure=erasure)
    about.refresh_from_db()
    assert bytes(about.reason) == b""
    assert not DataKey.objects.filter(holder=about.ref).exists()
    assert actions.glass.words(other, "reason") == f"{CANARY} fainted"


@pytest.mark.parametrize("asked_first", [True, False])
def test_that_a_protected_person_was_erased_is_told_to_few(centre, point, asked_first):
    """Whether they were protected when it was asked, or only when it was done."""
    person = factories.person(point)
    hide = Person.objects.filter(pk=person.pk)
    if not asked_first:
        hide.update(protected=True, alias="Bez-1")
    asker, other = keeper(centre, hide.get()), factories.actor(centre, "coordinator")
    actions.receive(by=asker, person=hide.get(), kind=RequestKind.ERASE, received_on=timezone.localdate())
    asked = actions.ask_erasure(by=asker, person=hide.get())
    if asked_first:
        hide.update(protected=True, alias="Bez-1")
    officer = factories.actor(centre, "data_protection_officer")
    actions.confirm_erasure(by=officer, erasure=asked)
    for actor, count in ((asker, 1), (other, 0), (officer, 1)):
        assert erased(actor).count() == count
        assert SubjectRequest.objects.seen_by(actor).count() == count


def keeper(centre, person) -> Actor:
    """A coordinator who also may hold keys, of the person's team."""
    user = factories.user(centre, "coordinator")
    Membership.objects.create(user=user, organisation=centre, role="lawyer")
    factories.work_with(person, user)
    found = actor_for(user)
    assert found
    return found


def test_of_whom_only_a_result_is_counted_stays_without_a_name(centre, point):
    person = factories.person(point, CANARY)
    result = factories.result(point, factories.result_kind(), person)
    asked = actions.ask_erasure(by=factories.actor(centre, "coordinator"), person=person)
    actions.confirm_erasure(by=factories.actor(centre, "data_protection_officer"), erasure=asked)
    result.refresh_from_db()
    assert (result.person_id, result.person.names.exists()) == (person.pk, False)
    assert Person.objects.get(pk=person.pk).erased_at


def test_who_was_never_counted_leaves_no_row(centre, point):
    person = factories.person(point, CANARY)
    asked = actions.ask_erasure(by=factories.actor(centre, "coordinator"), person=person)
    actions.confirm_erasure(by=factories.actor(centre, "data_protection_officer"), erasure=asked)
    assert not Person.objects.filter(pk=person.pk).exists()
    asked.refresh_from_db()
    assert (asked.person, asked.person_ref) == (None, person.ref)


def test_nobody_confirms_what_they_asked_and_no_adviser_asks(centre, point):
    person, by = factories.person(point), factories.actor(centre, "coordinator")
    asked = actions.ask_erasure(by=by, person=person)
    with pytest.raises(Forbidden):
        actions.confirm_erasure(by=by, erasure=asked)
    with pytest.raises(Forbidden):
        actions.ask_erasure(by=factories.actor(centre, "adviser"), person=person)
    stranger = factories.actor(factories.organisation(), "data_protection_officer")
    with pytest.raises(Forbidden):
        actions.confirm_erasure(by=stranger, erasure=asked)
    assert PersonName.objects.filter(person=person).exists()


def test_a_legal_hold_refuses_with_its_reason_in_force_only(centre, point):
    person, by = factories.person(point), factories.actor(centre, "coordinator")
    today = timezone.localdate()
    hold = LegalHold.objects.create(person=person, reason="A court asks", starts_on=today - timedelta(days=9))
    with pytest.raises(ValidationError, match="legal hold"):
        actions.ask_erasure(by=by, person=person)
    LegalHold.objects.filter(pk=hold.pk).update(ends_on=today - timedelta(days=1))
    asked = actions.ask_erasure(by=by, person=person)
    LegalHold.objects.filter(pk=hold.pk).update(ends_on=today)
    with pytest.raises(ValidationError, match="legal hold"):
        actions.confirm_erasure(by=factories.actor(centre, "coordinator"), erasure=asked)
    assert PersonName.objects.filter(person=person).exists()


def test_it_works_for_those_who_see_no_case_files(centre, point):
    """As in a request: the one who confirms acts, and sees neither the case nor its team."""
    by, second = factories.actor(centre, "coordinator"), factories.actor(centre, "coordinator")
    person = full_person(point, by)
    with acting(by):
        asked = actions.ask_erasure(by=by, person=person)
    with acting(second):
        actions.confirm_erasure(by=second, erasure=asked)
    assert found_in_tables(CANARY) == []


def test_every_table_about_people_is_found(centre, point):
    """A new table about people needs no line here: its `class Privacy` says what erasure does."""
    assert {apps.get_model("people.channel"), apps.get_model("casework.casefile")} <= set(personal())
    for model in personal():
        assert privacy_of(model).erase in {"rows", "fields", "keep"}
        if privacy_of(model).erase == "keep":
            assert not any(field.name == "text" for field in model._meta.concrete_fields)
    found = {model._meta.label for model in owned([full_person(point, factories.actor(centre))])}
    assert {"people.PersonName", "casework.NoteVersion", "support.SupportPerson"} <= found
    assert "support.Support" not in found
    assert len(list(ours())) > 40


def test_a_plan_tells_before_what_is_done_after(centre, point):
    person = full_person(point, factories.actor(centre))
    plan = plan_of(person)
    assert plan.counts()["deleted"]["people.personname"] == 1
    assert plan.counts()["emptied"] == {"people.person": 1, "support.support": 1, "funding.allocation": 1}
    assert plan.counts()["kept"]["support.support"] == 1
    assert {person.ref, CaseFile.objects.get().ref} <= plan.holders


def test_the_planner_forgets_what_was_erased_once_for_all(centre, point, monkeypatch):
    """Statistics of the database remember values of rows that are gone, until it looks at the tables again."""
    looked_at: list[list[type]] = []
    monkeypatch.setattr("przystan.privacy.actions.wiping.forget_statistics", looked_at.append)
    by, second = factories.actor(centre, "coordinator"), factories.actor(centre, "coordinator")
    actions.confirm_erasure(by=second, erasure=actions.ask_erasure(by=by, person=factories.person(point)))
    assert len(looked_at) == 1
    assert {PersonName, Channel, CaseFile} <= set(looked_at[0])
    load_retention()
    for _ in range(2):
        factories.person(point)
    Person.objects.filter(erased_at=None).update(created_at=timezone.now() - timedelta(days=9000))
    assert len(actions.look_over(centre.pk)) == 2
    assert len(looked_at) == 2
