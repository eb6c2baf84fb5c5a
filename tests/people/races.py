"""Two who write about the same person at once: see tests/harness/races.py."""

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from przystan.access.actors import Actor
from przystan.access.keys import staff
from przystan.access.keys.unlocked import ring
from przystan.people import actions
from przystan.people.actions import Newcomer
from przystan.people.actions.completing import complete_many, take_back
from przystan.people.loading import load_consents
from przystan.people.models import Citizenship, Consent, ConsentSigner, ConsentText, Person, PersonName, TeamMember
from przystan.people.rules.consents import Asked
from przystan.team.queries import actor_for
from tests import factories
from tests.harness.races import Race, Results, Work, by, holds, one_of_two
from tests.people.test_protecting import WORDS, protector


def somebody() -> Person:
    return factories.person(factories.point(factories.organisation()))


def two(person: Person) -> tuple[Actor, Actor]:
    actors = [factories.actor(person.organisation, "adviser", person.point) for _ in range(2)]
    factories.work_with(person, *actors)
    return actors[0], actors[1]


@holds("people.actions.names.remove_name", "the last two names do not both go")
def both_names_removed() -> Race:
    person = somebody()
    one, other = two(person)
    actions.keep_name(by=one, fact=PersonName(person=person, text="Olena"))
    first, second = person.names.order_by("pk")
    return Race(
        by(one, lambda: actions.remove_name(by=one, fact=first)),
        by(other, lambda: actions.remove_name(by=other, fact=second)),
        one_of_two,
    )


@holds("people.actions.twice.is_there", "a form that is sent twice is written once")
def a_name_sent_twice() -> Race:
    person = somebody()
    one, other = two(person)

    def keep(actor: Actor) -> Callable[[], object]:
        return lambda: actions.keep_name(by=actor, fact=PersonName(person=person, text="Olena"))

    return Race(
        by(one, keep(one)),
        by(other, keep(other)),
        lambda results: results == [None, None] and person.names.filter(text="Olena").count() == 1,
    )


@holds("people.actions.facts._as_it_is", "a fact that was ended is not made to last longer by who saw it before")
def a_fact_ended_by_two() -> Race:
    person = somebody()
    one, other = two(person)
    fact = Citizenship.objects.create(person=person, country="UA")
    today = timezone.localdate()

    def ends(actor: Actor, day: date) -> Work:
        seen = Citizenship.objects.select_related("person").get(pk=fact.pk)
        return by(actor, lambda: actions.end(by=actor, fact=seen, day=day))

    return Race(ends(one, today - timedelta(days=9)), ends(other, today), one_of_two)


def two_who_lead(person: Person) -> tuple[Actor, Actor]:
    actors = [factories.actor(person.organisation, "coordinator", person.point) for _ in range(2)]
    return actors[0], actors[1]


def said_of(person: Person) -> list[tuple[int, Newcomer]]:
    return [(person.pk, Newcomer(names=[], point=person.point, phone="600 100 200", sex="female"))]


@holds("people.actions.completing.complete_many", "what two files say of somebody is added once")
def completed_by_two_files() -> Race:
    person = somebody()
    one, other = two_who_lead(person)
    return Race(
        by(one, lambda: complete_many(by=one, pairs=said_of(person))),
        by(other, lambda: complete_many(by=other, pairs=said_of(person))),
        lambda results: person.channels.count() == 1,
    )


@holds("people.actions.completing.take_back", "what a file added is taken back once, and who comes later is told")
def taken_back_twice() -> Race:
    person = somebody()
    one, other = two_who_lead(person)
    added = by(one, lambda: complete_many(by=one, pairs=said_of(person)))()
    assert isinstance(added, list)
    traces = [(person.pk, added[0].trace())]
    return Race(
        by(one, lambda: take_back(by=one, traces=traces)),
        by(other, lambda: take_back(by=other, traces=traces)),
        lambda results: results == [set(), {person.pk}],
    )


@holds("people.actions.resting.hold", "an answer is withdrawn once, and nobody thinks that another still agrees")
def the_same_consent_answered_twice() -> Race:
    load_consents()
    person = somebody()
    one, other = two(person)
    text = ConsentText.objects.filter(purpose="photo").latest("pk")

    def answered(actor: Actor) -> Callable[[], object]:
        fact = Consent(person=person, text=text, agrees=True, given_on=timezone.localdate(), language="en")
        return lambda: actions.answer(by=actor, fact=fact)

    return Race(by(one, answered(one)), by(other, answered(other)), one_of_two)


@holds("people.actions.protecting._locked", "protecting and ending it follow one another")
def protected_twice() -> Race:
    person = somebody()
    users = [protector(person) for _ in range(2)]

    def protects(place: int) -> Work:
        user = users[place]
        actor = actor_for(user)
        assert actor

        def work() -> object:
            with ring(user.pk, staff.by_passphrase(user, WORDS)):
                return by(actor, lambda: actions.protect(by=actor, person=person))()

        return work

    return Race(protects(0), protects(1), one_of_two)


@holds("people.actions.protecting._knowing", "somebody always knows of a protected person")
def two_who_let_each_other_go() -> Race:
    person = somebody()
    users = [protector(person) for _ in range(2)]
    one, other = (actor_for(user) for user in users)
    assert one
    assert other
    with ring(users[0].pk, staff.by_passphrase(users[0], WORDS)):
        by(one, lambda: actions.protect(by=one, person=person))()
        by(one, lambda: actions.name_protector(by=one, person=person, user=users[1]))()

    def somebody_knows(results: Results) -> bool:
        left = TeamMember.objects.filter(person=person).values_list("user", flat=True)
        return one_of_two(results) and set(left) == {users[0].pk}

    return Race(
        by(one, lambda: actions.drop_protector(by=one, person=person, user=users[1])),
        by(other, lambda: actions.drop_protector(by=other, person=person, user=users[0])),
        somebody_knows,
    )


@holds("people.actions.asking.set_signers", "who signs is replaced whole, by one at a time")
def signers_replaced_by_two() -> Race:
    load_consents()
    centre = factories.organisation()
    one, other = (factories.actor(centre, "coordinator") for _ in range(2))
    day = timezone.localdate()

    def replaces(actor: Actor, child: str) -> Work:
        asked = [Asked(child, None, 17), Asked("person", 18, None)]
        words = {"purpose": "photo", "asked": asked, "source": "A letter", "valid_from": day}
        return by(actor, lambda: actions.set_signers(by=actor, **words))

    def the_later_stand(results: Results) -> bool:
        rows = ConsentSigner.objects.filter(purpose="photo", organisation=centre, valid_to=None).order_by("pk")
        return results == [None, None] and [row.signers for row in rows] == ["one_guardian", "person"]

    return Race(replaces(one, "each_guardian"), replaces(other, "one_guardian"), the_later_stand, written=True)
