"""What the page of one person shows from all modules."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access.actors import Actor
from przystan.people.enums import Safety, Sex
from przystan.people.models import Channel, Guardian, HouseholdMember, Merge, Person, TitleHeld
from przystan.people.policies import sensitive
from przystan.people.queries import person_page
from przystan.people.queries.consents import Agreement, agreements_of, is_minor
from przystan.people.rights import PEOPLE_MERGE
from przystan.results.models import Result
from przystan.support.models import Service, SupportTopic
from przystan.support.queries.ledger import Slice, keyset, of_person
from przystan.support.rights import SUPPORT_READ

from .glance import Glance, glance
from .results import results_of

EVENTS = 20
ASK_AGAIN_AFTER = 90  # days


@dataclass(frozen=True)
class PersonPage:
    """`sensitive`: whether the actor may see what is; else titles, housemates and the like are empty.

    `careful`: channels that are not simply safe; `to_confirm`: not asked about for long. `titles_past` has those still
    to come too. `events`: the supports; `given`: the services of the latest, one of which may be shown alone.
    `agreements`: consents by purpose; `signing`: who signs for them; `minor`: surely or perhaps under 18.
    """

    person: Person
    sensitive: bool
    careful: list[Channel]
    to_confirm: list[Channel]
    titles_now: list[TitleHeld]
    titles_past: list[TitleHeld]
    housemates: list[HouseholdMember]
    agreements: list[Agreement]
    signing: list[Guardian]
    minor: bool
    merges: list[Merge]
    events: Slice
    given: list[Service]
    results: list[Result]
    glance: Glance

    @property
    def unknown(self) -> list[str]:
        """Facts that nobody knows yet, of those that the actor may know of."""
        person = self.person
        facts = [(_("Born"), person.birth), (_("Sex"), person.sex != Sex.UNKNOWN)]
        if self.sensitive:
            facts.append((_("Citizenship"), person.citizenships.all()))
            facts.append((_("Title to stay"), self.titles_now or self.titles_past))
        facts.append((_("Came to Poland"), person.arrived))
        facts += [(_("Lives in"), person.dwellings.all()), (_("Languages"), person.languages.all())]
        return [words for words, known in facts if not known]


def page_of(actor: Actor, person: Person, after: str = "", service: str = "") -> PersonPage:
    """Everything about a person; `after` is the reference of the support after which the list goes on.

    `service`: the code of the only one of which supports are listed.
    """
    full = person_page(actor, person)
    known = sensitive(actor, full).allowed
    careful = [channel for channel in full.channels.all() if _is_risky(channel, known)]
    titles = list(full.titles.all())[::-1]
    today = timezone.localdate()
    events = latest = events_of(actor, full, "" if service else after)
    if service:
        events = events_of(actor, full, after, service)
    return PersonPage(
        full,
        known,
        careful,
        [channel for channel in full.channels.all() if _is_old(channel, today)],
        [title for title in titles if title.holds_on(today)],
        [title for title in titles if not title.holds_on(today)],
        _housemates(full),
        agreements_of(full),
        list(full.guardians.all()),
        is_minor(full, today),
        _merges(actor, full),
        events,
        list({support.service_id: support.service for support in latest.items}.values()),
        results_of(actor, full),
        glance(full, titles, latest.items, today),
    )


def events_of(actor: Actor, person: Person, after: str = "", service: str = "") -> Slice:
    """Supports of a person, newest first, with topics and payer; none for those who may not read supports.

    All of them for who works with the person; else those of the actor's own points.
    """
    if not actor.can(SUPPORT_READ):
        return Slice([], "")
    # Who received them stands at the head of the page already.
    rows = of_person(actor, person).select_related("service", "point", "staff", "allocation__programme")
    if service:
        rows = rows.filter(service__code=service)
    efforts = Prefetch("efforts", SupportTopic.objects.select_related("topic"))
    return keyset(rows.prefetch_related(efforts), after, EVENTS)


def _is_risky(channel: Channel, known: bool) -> bool:
    """Whether somebody said how it must not be used, or (`known` to the actor) who else has it. That nobody has asked
    yet is no alarm: it stands beside the number."""
    return channel.safety not in (Safety.YES, Safety.NOT_ASKED) or (known and bool(channel.shared_with))


def _is_old(channel: Channel, today: date) -> bool:
    """Whether it is long ago that somebody asked if the channel is still the person's own, and safe."""
    return channel.confirmed_on is None or (today - channel.confirmed_on).days > ASK_AGAIN_AFTER


def _housemates(person: Person) -> list[HouseholdMember]:
    """Memberships of today in the households this person belongs to today, the person's own included.

    A household in which nobody else is to be seen is none: else it would tell that somebody is there.
    """
    today = timezone.localdate()
    homes = [mine.household.members.all() for mine in person.households.all() if mine.holds_on(today)]
    shown = [[member for member in members if member.holds_on(today)] for members in homes]
    return [member for members in shown if len(members) > 1 for member in members]


def _merges(actor: Actor, person: Person) -> list[Merge]:
    if not actor.can(PEOPLE_MERGE):
        return []
    rows = Merge.objects.filter(kept=person, undone_at__isnull=True)
    return list(rows.select_related("absorbed", "by").prefetch_related("absorbed__names"))
