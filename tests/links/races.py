"""Two who do something with one link at once: see tests/harness/races.py."""

from datetime import timedelta

from django.utils import timezone

from przystan.access.actors import Actor, system
from przystan.links import actions
from przystan.links.actions.reminding import note_silence
from przystan.links.bearers import holding
from przystan.links.models import Link, Made
from przystan.privacy.actions.notices import ask_to_read
from przystan.privacy.loading import load_notices
from tests import factories
from tests.harness.races import Race, Results, by, holds, one_of_two, pause


def asked() -> tuple[Actor, Actor, Made]:
    """Two who work at the point, and a link that one of them made."""
    load_notices()
    person = factories.person(factories.point(factories.organisation()))
    one, other = (factories.actor(person.organisation, "adviser", person.point) for _ in range(2))
    factories.work_with(person, one, other)
    return one, other, by(one, lambda: ask_to_read(by=one, ref=person.ref, language="uk"))()  # type: ignore[return-value]


@holds("links.actions.making._locked", "a link is made anew or ended once")
def revoked_and_made_anew() -> Race:
    one, other, made = asked()
    return Race(
        by(one, lambda: actions.revoke(by=one, link=made.link)),
        by(other, lambda: actions.renew(by=other, link=made.link)),
        one_of_two,
    )


@holds("links.actions.answering._locked", "a link is answered once")
def answered_twice() -> Race:
    _one, _other, made = asked()

    def answers() -> None:
        with holding(made.token) as held:
            assert held
            actions.answer(by=held[0], link=held[1], language="uk", words={"shown": "1"})
            pause()

    return Race(answers, answers, one_of_two)


@holds("links.actions.reminding.note_silence", "an answer that comes now is no silence")
def silent_while_it_is_revoked() -> Race:
    one, _other, made = asked()
    link, machine = made.link, system(made.link.organisation_id, "links.look_over")
    Link.objects.filter(pk=link.pk).update(expires_at=timezone.now() - timedelta(minutes=1))

    def not_silent(results: Results) -> bool:
        link.refresh_from_db()
        return results == [None, None] and link.silent_at is None

    return Race(
        by(one, lambda: actions.revoke(by=one, link=link)),
        by(machine, lambda: note_silence(by=machine, link=link)),
        not_silent,
    )


@holds("links.actions.making.lead_nowhere", "who ended a link before its person was erased is still known")
def revoked_while_its_person_is_erased() -> Race:
    one, _other, made = asked()
    link, machine = made.link, system(made.link.organisation_id, "erasure")

    def by_the_first(results: Results) -> bool:
        link.refresh_from_db()
        return results == [None, None] and link.revoked_by_id == one.user_id

    return Race(
        by(one, lambda: actions.revoke(by=one, link=link)),
        by(machine, lambda: actions.lead_nowhere(by=machine, keys={link.pk})),
        by_the_first,
    )
