"""What is secret by itself is told in no copy and in no preview of an erasure, whichever module keeps it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from przystan.access.actors import Actor, system
from przystan.access.modules import holders
from przystan.access.scope import acting
from przystan.access.tiers import CLOSED, Tier
from przystan.casework.models import CaseFile, CaseMember, Note, NoteVersion
from przystan.people.models import Channel, Person
from przystan.privacy import actions
from przystan.privacy.enums import CountedFrom, RequestKind
from przystan.privacy.models import Release, RetentionRule, SubjectRequest
from przystan.privacy.queries.copying import copy_of
from przystan.privacy.queries.plans import plan_of
from tests import factories

pytestmark = pytest.mark.django_db
CHANNEL, WORDS = "people.channel", "Canary-7710"


@pytest.fixture
def person() -> Person:
    one = factories.person(factories.point(factories.organisation()))
    Channel.objects.create(person=one, kind="email", value=f"{WORDS}@example.org")
    return one


@pytest.fixture
def by(person: Person) -> Actor:
    return factories.actor(person.organisation, "coordinator")


def told(person: Person, by: Actor) -> tuple[str, dict[str, dict[str, int]]]:
    with acting(system(person.organisation_id, "test")):
        return str(copy_of(person, by)), plan_of(person).counts(actor=by)


def test_what_is_ordinary_is_told(person: Person, by: Actor) -> None:
    copy, counts = told(person, by)
    assert WORDS in copy
    assert counts["deleted"][CHANNEL] == 1


@pytest.mark.parametrize("tier", CLOSED)
def test_a_row_that_nobody_declared_is_as_secret_as_it_says(
    person: Person, by: Actor, monkeypatch: pytest.MonkeyPatch, tier: Tier
) -> None:
    monkeypatch.setattr(Channel, "least_tier", tier, raising=False)
    copy, counts = told(person, by)
    assert WORDS not in copy
    assert CHANNEL not in counts["deleted"]


def test_what_is_secret_for_the_sake_of_its_person_is_told_to_who_knows_them(
    person: Person, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Channel, "least_tier", property(lambda row: row.person.least_tier), raising=False)
    Person.objects.filter(pk=person.pk).update(protected=True, alias="Bez-1")
    copy, counts = told(Person.objects.get(pk=person.pk), by)
    assert WORDS in copy
    assert counts["deleted"][CHANNEL] == 1


@pytest.fixture
def case(person: Person, by: Actor) -> CaseFile:
    one: CaseFile = CaseFile.objects.create(
        organisation=person.organisation, point=person.point, person=person, kind="support", title=WORDS
    )
    CaseMember.objects.create(case=one, user_id=by.user_id, role="lead")
    note = Note.objects.create(case=one, author_id=by.user_id)
    NoteVersion.objects.create(note=note, number=1, text=WORDS, by_id=by.user_id)
    return one


@pytest.mark.parametrize("protected", [False, True])
def test_what_hangs_on_a_secret_is_as_secret(person: Person, by: Actor, case: CaseFile, protected: bool) -> None:
    Person.objects.filter(pk=person.pk).update(protected=protected, alias="Bez-1" if protected else "")
    hanging = {"casework.casefile", "casework.casemember", "casework.note", "casework.noteversion"}
    assert hanging <= told(person, by)[1]["deleted"].keys()
    CaseFile.objects.filter(pk=case.pk).update(kind="legal")
    copy, counts = told(Person.objects.get(pk=person.pk), by)
    assert not hanging & counts["deleted"].keys()
    assert "casework" not in copy


def test_what_names_a_file_without_a_key_hangs_on_it(person: Person, by: Actor, case: CaseFile) -> None:
    day = timezone.localdate()
    about = {"organisation": person.organisation, "person": person, "kind": RequestKind.COPY}
    asked = SubjectRequest.objects.create(due_on=day, **about)
    another = CaseFile.objects.create(organisation=person.organisation, point=person.point, person=person, kind="legal")
    named = {"model": "casework.casefile", "tier": 2, "by_id": by.user_id, "organisation": person.organisation}
    _mine, other = (Release.objects.create(request=asked, object_ref=file.ref, **named) for file in (case, another))
    CaseFile.objects.filter(pk=case.pk).update(closed_on=day - timedelta(days=10), opened_on=day - timedelta(days=20))
    rule = {"code": "cases-of-support", "holding": "t2_cases", "months": 1, "automatic": True, "source": "x"}
    RetentionRule.objects.create(counted_from=CountedFrom.ENDED, organisation=person.organisation, **rule)
    done = actions.look_over(person.organisation_id, day + timedelta(days=60))
    assert [one.about for one in done] == [holders()["casework.casefile"].one]
    assert done[0].report["deleted"]["privacy.release"] == 1, "its lock would hide it once the file is gone"
    assert CaseFile.objects.get() == another
    assert list(Release.objects.all()) == [other]


@pytest.mark.parametrize("kind", ["support", "legal", "psychology", "protection"])
def test_a_holder_finds_its_rows_by_the_tier_that_they_say(case: CaseFile, kind: str) -> None:
    CaseFile.objects.filter(pk=case.pk).update(kind=kind)
    case.kind = kind
    holder = holders()["casework.casefile"]
    for tier in Tier:
        assert CaseFile.objects.filter(holder.of([tier])).exists() == (case.least_tier == tier)
    assert case.least_tier in holder.holdings
