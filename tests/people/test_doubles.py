"""The finder: who is in the register twice, over all of it, without anybody asking."""

from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from przystan.access.actors import Actor, Forbidden, system
from przystan.access.scope import acting
from przystan.errands import tasks as errands
from przystan.errands.models import Errand
from przystan.people import actions
from przystan.people.actions import doubles
from przystan.people.models import Exclusion, PairVerdict, Person, Relation, TeamMember
from przystan.people.queries.described import registered
from przystan.people.queries.doubles import CROWD, pairs_to_judge
from przystan.people.rules.same_person import BESIDE, SLIPS, evidence, stands_out
from przystan.people.tasks import find_doubles
from przystan.team.models import Point
from tests import factories

pytestmark = pytest.mark.django_db
PHONE = "380671112233"


@pytest.fixture
def point() -> Point:
    return factories.point(factories.organisation())


@pytest.fixture
def coordinator(point: Point) -> Actor:
    return factories.actor(point.organisation, "coordinator")


def person(at: Point, name: str, birth: str = "", phone: str = "", **values: Any) -> Person:
    found = factories.person(at, name, birth=birth, **values)
    if phone:
        found.channels.create(kind="phone", value=phone, digits=phone)
    return found


def queue() -> list[tuple[int, int]]:
    """Pairs that wait, best first."""
    rows = PairVerdict.objects.filter(state="suspected").order_by("-score", "id")
    return list(rows.values_list("first_id", "second_id"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Олена Коваленко", "1990-05-03"), ("Kowalenko Olena", "1990-05-03")),
        (("Олена Коваленко", "1990-05-03"), ("Olena Kovalenko", "1990-03-05")),
        (("Олена Коваленко", "1990-05-03"), ("Olena Kovalenko", "1991-05-03")),
        (("Олена Коваленко", "1990-05-03"), ("Olena Kovalenko", "1990-05-13")),
        (("Олена Коваленко", "1990-05-03"), ("Olena Kovalenko", "1990-01-01")),
        (("Олена Коваленко", "1990-05-03"), ("Olena Kovalenko", "1990")),
        (("Олена Коваленко", "1990-05-03"), ("Olena Petrivna Kovalenko", "1990-05-03")),
        (("Олена Коваленко", "1990-05-03"), ("Helena Kovalenko", "1990-05-03")),
        (("Олена Коваленко", "1990-05-03"), ("Olena Kovalemko", "1990-05-03")),
        (("Олена Коваленко", "1990-05-03"), ("Olena", "1990-05-03")),
        (("Олена Коваленко", "1990-05-03", PHONE), ("O. Kovalenko", "", PHONE)),
        (("Олена Коваленко", "", PHONE), ("Helena Kovalenko", "1990-05-03", "48671112233")),
        (("Олена Коваленко", ""), ("Olena Kovalenko", "")),
    ],
)
def test_who_may_be_one_person_comes_into_the_queue(
    point: Point, coordinator: Actor, one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    pair = person(point, *one).pk, person(point, *other).pk
    assert actions.look_through(by=coordinator).added == 1
    assert queue() == [pair]


@pytest.mark.parametrize(
    "family",
    [
        [
            ("Oksana Melnyk", "1988-04-02", PHONE),
            ("Danylo Melnyk", "2017-09-01", PHONE),
            ("Oksana Melnyk", "1958-07-21", PHONE),
        ],
        [("Danylo Koval", "2015-06-01", PHONE), ("Danuta Koval", "2016-06-01", PHONE)],
        [("Iryna Koval", "2015-06-01", PHONE), ("Olha Koval", "2015-06-01", PHONE)],
        [("Ahmed Hassan", "1980-03-07", PHONE), ("Ahmed Hassan", "2004-03-07", PHONE)],
        [("Olena Koval", "1980-03-07"), ("Olena Koval", "")],
        [("Olena Koval", ""), ("Olena Koval", ""), ("Olena Koval", ""), ("Olena Koval", "")],
        [("N.N.", "1980-03-07"), ("N.N.", "1980-03-07")],
        [("Olena Koval", "", "000000000"), ("Olha Koval", "", "000000000")],
    ],
)
def test_families_and_namesakes_do_not(point: Point, coordinator: Actor, family: list[tuple[str, ...]]) -> None:
    for one in family:
        person(point, *one)
    actions.look_through(by=coordinator)
    assert queue() == []


def test_who_stands_beside_each_other_is_two(point: Point, coordinator: Actor) -> None:
    home = [person(point, "Jan Nowak", "1960-05-03") for _ in range(2)]
    kin = [person(point, "Anna Nowak", "1961-05-03") for _ in range(2)]
    factories.household(*home)
    Relation.objects.create(person=kin[0], other=kin[1], kind="sibling")
    actions.look_through(by=coordinator)
    assert queue() == []


def test_the_best_come_first_with_their_reasons(point: Point, coordinator: Actor) -> None:
    slip = [person(point, "Kyrylo Moroz", birth).pk for birth in ("1980-02-10", "1980-10-02")]
    same = [person(point, "Olena Kovalenko", "1990-05-03", reference_of(n)).pk for n in "ab"]
    actions.look_through(by=coordinator)
    assert queue() == [tuple(same), tuple(slip)]
    assert "birth_swapped" in PairVerdict.objects.get(first=slip[0]).reasons
    assert PairVerdict.objects.filter(by=None).count() == 2


def reference_of(letter: str) -> str:
    return f"38050000000{ord(letter) % 10}"


@pytest.mark.parametrize("same", [{"birth": "1990-05-03"}, {"birth": "1990"}])
def test_a_crowd_of_equals_is_compared_with_its_first(point: Point, coordinator: Actor, same: dict[str, str]) -> None:
    """150 of one name and birth date gave 11,175 pairs, and all of them waited in the queue."""
    crowd = [factories.person(point, "Jan Kowalski", **same).pk for _ in range(CROWD + 5)]
    other = factories.person(point, "Jan Adam Kowalski", **same).pk
    found = pairs_to_judge(coordinator)
    assert {pair for pair in found if set(pair) <= set(crowd)} == {(crowd[0], one) for one in crowd[1:]}
    assert {(one, other) for one in crowd} <= found, "somebody else is compared with each"


def test_a_reference_of_a_crowd_is_nobodys_own(point: Point, coordinator: Actor) -> None:
    for number in range(CROWD + 1):
        factories.person(point, f"Name{number}", centre_reference="0")
    assert pairs_to_judge(coordinator) == set()


def test_what_the_look_up_leaves_out_the_rule_leaves_out(point: Point, coordinator: Actor) -> None:
    """Every two of a register are judged here; the finder judges few, and must find the same."""
    names = (
        "Олена Коваленко",
        "Olena Kovalenko",
        "Helena Kowalenko",
        "Olena Petrivna Kovalenko",
        "Olha Koval",
        "O. Koval",
    )
    births = ("", "1990", "1990-05", "1990-05-03", "1990-03-05", "1991-05-03", "1990-01-01", "1970-05-03")
    phones = ("", PHONE, "48671112233")
    for number in range(96):
        values = {
            "centre_reference": ("", "", f"A-{number % 3}", f"a {number % 3}")[number % 4],
            "sex": ("unknown", "female", "male")[number % 3],
        }
        person(
            point,
            names[number % 6],
            births[number * 5 % 8],
            phones[number * 7 // 3 % 3] and f"{phones[number * 7 // 3 % 3]}{number % 5}",
            **values,
        )
    known = registered(coordinator, list(Person.objects.values_list("pk", flat=True)), families=True)
    wanted = set()
    for one, other in combinations(sorted(known), 2):
        codes = set(evidence(known[one].described, known[other].described).codes)
        if stands_out(codes) and codes & (BESIDE | SLIPS | {"reference"}) and "birth_year_off" not in codes:
            wanted.add((one, other))
    assert len(wanted) > 100
    missed = wanted - pairs_to_judge(coordinator)
    assert not missed, [(known[one].described, known[other].described) for one, other in missed]


def test_what_was_decided_is_never_asked_again(point: Point, coordinator: Actor) -> None:
    two = [person(point, "Olena Kovalenko", "1990-05-03") for _ in range(2)]
    one = [person(point, "Iryna Bondar", "1991-06-04") for _ in range(2)]
    actions.mark_different(by=coordinator, one=two[0], other=two[1])
    actions.merge(by=coordinator, kept=one[0], absorbed=one[1])
    for _again in range(2):
        assert actions.look_through(by=coordinator).added == 0
    assert queue() == []
    assert {pair.state for pair in PairVerdict.objects.all()} == {"different", "merged"}


def test_what_was_decided_meanwhile_stays(point: Point, coordinator: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    two = [person(point, "Olena Kovalenko", "1990-05-03") for _ in range(2)]
    decide = lambda _organisation: actions.mark_different(by=coordinator, one=two[0], other=two[1])  # noqa: E731
    monkeypatch.setattr(doubles, "keep_still", decide)
    assert actions.look_through(by=coordinator).added == 0
    assert PairVerdict.objects.get().state == "different"


def test_a_pair_of_which_nothing_is_left_goes(point: Point, coordinator: Actor) -> None:
    pair = [person(point, "Olena Kovalenko", "1990-05-03") for _ in range(2)]
    assert actions.look_through(by=coordinator) == doubles.Looked(judged=1, added=1, gone=0)
    Person.objects.filter(pk=pair[1].pk).update(birth="1990-03-05")
    assert actions.look_through(by=coordinator) == doubles.Looked(judged=1, added=0, gone=0)
    assert "birth_swapped" in PairVerdict.objects.get().reasons, "what is known now"
    Person.objects.filter(pk=pair[1].pk).update(birth="1971-11-17")
    assert actions.look_through(by=coordinator) == doubles.Looked(judged=1, added=0, gone=1)
    assert queue() == []


@pytest.mark.parametrize(("birth", "stays"), [("", True), ("1971-11-17", False)])
def test_a_warning_that_somebody_passed_waits_while_it_may_be(
    point: Point, coordinator: Actor, birth: str, stays: bool
) -> None:
    """The finder would not have asked for the name alone; whoever stood at the desk was asked."""
    one, other = person(point, "Olena Kovalenko", "1990-05-03"), person(point, "Olena Kovalenko", birth)
    actions.suspect(by=coordinator, one=one, other=other, score=1.0, reasons=["same_words"])
    actions.look_through(by=coordinator)
    assert bool(queue()) is stays


def test_nobody_is_compared_whom_the_looker_does_not_work_with(point: Point, coordinator: Actor) -> None:
    there = factories.point(point.organisation)
    away = factories.point(factories.organisation())
    for at in (there, away):
        for _ in range(2):
            person(at, "Olena Kovalenko", "1990-05-03")
    person(point, "Olena Kovalenko", "1990-05-03")
    actions.look_through(by=factories.actor(point.organisation, "coordinator", at=point))
    assert queue() == [], "one of them only"
    actions.look_through(by=coordinator)
    assert len(queue()) == 3, "none of the other centre"
    with pytest.raises(Forbidden):
        actions.look_through(by=factories.actor(point.organisation))


@pytest.mark.parametrize(("source", "found"), [("glass", 0), ("support", 1)])
def test_an_emergency_look_begets_no_pair(point: Point, source: str, found: int) -> None:
    """The pair would outlast the look."""
    person(point, "Olena Kovalenko", "1990-05-03")
    theirs = person(factories.point(point.organisation), "Olena Kovalenko", "1990-05-03")
    by = factories.actor(point.organisation, "coordinator", at=point)
    TeamMember.objects.create(
        person=theirs, user_id=by.user_id, source=source, ends_at=timezone.now() + timedelta(hours=4)
    )
    assert actions.look_through(by=by).added == found


@pytest.mark.parametrize("hidden", ["protected", "restricted_on", "erased_at", "excluded"])
def test_who_is_hidden_or_only_kept_is_left_out(point: Point, coordinator: Actor, hidden: str) -> None:
    one, _other = (person(point, "Olena Kovalenko", "1990-05-03") for _ in range(2))
    if hidden == "excluded":
        Exclusion.objects.create(person=one, user_id=coordinator.user_id)
    else:
        now = {"protected": True, "restricted_on": timezone.localdate(), "erased_at": timezone.now()}
        Person.objects.filter(pk=one.pk).update(**{hidden: now[hidden]}, alias="P-1" if hidden == "protected" else "")
    actions.look_through(by=coordinator)
    assert queue() == []


def test_who_is_protected_meanwhile_is_left_out(
    point: Point, coordinator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The finder waits for whoever protects somebody, and then looks whom there is."""
    pair = [person(point, "Olena Kovalenko", "1990-05-03") for _ in range(2)]
    monkeypatch.setattr(
        doubles, "keep_still", lambda _of: Person.objects.filter(pk=pair[0].pk).update(protected=True, alias="P-1")
    )
    assert actions.look_through(by=coordinator).added == 0


def test_each_week_in_every_centre(point: Point, monkeypatch: pytest.MonkeyPatch) -> None:
    """One centre's trouble stops no other."""
    broken = factories.organisation()
    for at in (factories.point(broken), point):
        for _ in range(2):
            person(at, "Olena Kovalenko", "1990-05-03")
    judge = doubles.pairs_to_judge

    def fails(by: Actor) -> Any:
        if by.organisation_id == broken.pk:
            raise RuntimeError
        return judge(by)

    monkeypatch.setattr(doubles, "pairs_to_judge", fails)
    find_doubles(timestamp=0)
    with acting(system(point.organisation_id, "tests")):
        assert [pair.first.organisation for pair in PairVerdict.objects.all()] == [point.organisation]


def test_on_demand_a_job_looks_and_leads_to_the_queue(point: Point, settings: Any) -> None:
    settings.ERRAND_SECONDS = 0
    pair = [person(point, "Olena Kovalenko", "1990-05-03") for _ in range(2)]
    page = Client(headers={"accept-language": "en"})
    page.force_login(factories.user(point.organisation, "coordinator"))
    assert reverse("people:look_through") in page.get(reverse("people:duplicates")).text
    answer = page.post(reverse("people:look_through"))
    errand = Errand.objects.get()
    assert answer["Location"] == reverse("errands:errand", args=[errand.ref])
    errands.run(errand.ref)
    there = page.get(answer["Location"], headers={"HX-Request": "true"})["HX-Redirect"]
    html = page.get(there, follow=True).text
    assert "Looked through: 1 new pair." in html
    assert reverse("people:compare", args=[one.ref for one in pair]) in html
    adviser = Client()
    adviser.force_login(factories.user(point.organisation))
    assert adviser.post(reverse("people:look_through")).status_code == 404
    assert adviser.get(there).status_code == 404
