"""The rows that the matrix asks for: one object of each kind for each relation to the actors."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from przystan.access import scope
from przystan.access.doors import door
from przystan.access.models import Glass, User
from przystan.access.scope import acting
from przystan.casework.models import CaseFile, CaseMember, Note, NoteVersion
from przystan.exchange.models import FilePart, ImportBatch, ImportRow
from przystan.funding.models import KeptFigure, Limit
from przystan.kernel.refs import new_ref
from przystan.links.models import Link, Reminder
from przystan.links.tokens import digest_of, new_token
from przystan.people import models as people
from przystan.people.actions import merge
from przystan.people.models import Exclusion, Person, TeamMember
from przystan.people.queries import fact_key
from przystan.privacy.loading import load_retention
from przystan.privacy.models import Erasure, LegalHold, Pack, Release, RetentionRule, SubjectRequest
from przystan.reference.models import Place, ResidenceTitle
from przystan.support.models import Support, SupportPerson
from przystan.team.models import LoginReset, Membership, Organisation, Point
from tests import factories
from tests.harness.modules import brought
from tests.harness.scope import TESTS

from .cast import CAST, Card

Refs = dict[str, Any]


@dataclass(frozen=True)
class World:
    """`accounts`: name of a card -> account (None: nobody logs in). `refs`: kind -> object -> words of its address."""

    accounts: dict[str, User | None]
    refs: Refs


class Builder:
    """Fills an empty database."""

    def __init__(self) -> None:
        self.refs: Refs = {}

    def ground(self) -> None:
        """What everything else stands on."""
        self.home, self.abroad = factories.organisation("Home"), factories.organisation("Abroad")
        self.points = {
            "here": factories.point(self.home),
            "there": factories.point(self.home),
            "abroad": factories.point(self.abroad),
        }
        self.service = factories.service()
        factories.service("Another")  # the last one that is offered cannot be retired
        self.topic = factories.topic(self.service)
        self.kind = factories.result_kind()
        self.title = ResidenceTitle.objects.create(code="t", names={"en": "Title"}, title_class="visa")
        self.place = Place.objects.create(code="town", name="Town", kind="municipality")

    def as_the_tests(self) -> World:
        """`build`, for fixtures that are older than the one by which a test acts."""
        token = scope._actor.set(TESTS)
        try:
            return self.build()
        finally:
            scope._actor.reset(token)

    def build(self) -> World:
        self.ground()
        accounts = {card.name: self.account(card) for card in CAST}
        self.organisation_things("own", self.home)
        self.organisation_things("alien", self.abroad)
        for name, place in (("own", "here"), ("same", "here"), ("other", "there"), ("alien", "abroad")):
            self.person_things(name, self.points[place])
        hidden = self.person_things("hidden", self.points["here"])
        self.cases()
        for obj in ("own", "same", "other", "alien", "hidden"):
            self.privacy_things(obj, accounts["coordinator" if obj == "own" else "coordinator abroad"])
        self.release(accounts["lawyer"])
        self.glass("own", "other", accounts["adviser"])
        self.glass("hidden", "hidden", accounts["adviser"])
        self.glass("alien", "alien", accounts["adviser abroad"])
        self.missing()
        self.teams(accounts)
        self.hide(hidden)
        self.errand(accounts["coordinator"])
        self.pack(accounts["coordinator"])
        self.links(accounts["coordinator"])
        return World(accounts, self.refs)

    def put(self, kind: str, obj: str, words: Any) -> None:
        self.refs.setdefault(kind, {})[obj] = words

    def account(self, card: Card) -> User | None:
        if card.name == "nobody logged in":
            return None
        of = self.home if card.organisation == "home" else self.abroad
        user = factories.user(of, "adviser", self.points.get(card.at), name=card.name)
        user.memberships.all().delete()
        roles = card.roles or (() if card.name == "account without a role" else ("coordinator",))
        for role in roles:
            Membership.objects.create(user=user, organisation=of, role=role, point=self.points.get(card.at))
        if card.name == "role ended yesterday":
            user.memberships.update(valid_from=date(2026, 1, 1), valid_to=timezone.localdate() - timedelta(days=1))
        if card.name == "locked account":
            User.objects.filter(pk=user.pk).update(is_active=False)
        return user

    def organisation_things(self, obj: str, of: Organisation) -> None:
        """What belongs to an organisation as a whole."""
        at = self.points["here" if obj == "own" else "abroad"]
        colleague, chief = factories.user(of, "teacher", at), factories.user(of, "director", at)
        programme = factories.programme(of, self.service)
        asked = LoginReset.objects.create(organisation=of, user=colleague, asked_by=chief)
        role = Membership.objects.create(
            user=factories.user(of, "teacher", at), organisation=of, role="lawyer", asked_by=chief
        )
        batch = ImportBatch.objects.create(
            organisation=of, kind="people", filename="a.csv", header=["a"], state="columns", by=chief
        )
        FilePart.objects.create(batch=batch, position=0, content=b"a\nOlena\n")
        ImportRow.objects.create(batch=batch, number=1, cells=["Olena"])
        self.put("member", obj, colleague.ref)
        self.put("membership", obj, colleague.memberships.get().ref)
        self.put("point", obj, at.ref)
        self.put("reset", obj, asked.ref)
        self.put("asked", obj, role.ref)
        self.put("programme", obj, programme.ref)
        self.put("indicator", obj, factories.indicator(programme).ref)
        self.put("limit", obj, Limit.objects.create(programme=programme, kind="people", value=5).pk)
        self.put("import", obj, batch.ref)
        for things in brought("things"):
            for kind, words in things(of).items():
                self.put(kind, obj, words)

    def person_things(self, obj: str, at: Point) -> Person:
        """A person with a fact of each kind, a twin, a merge that can be undone, and a support."""
        person, twin = factories.person(at, "Олена Коваленко"), factories.person(at, "Olena Kovalenko")
        absorbed = factories.person(at, "Olena K")
        self.put("person", obj, person.ref)
        self.put("twin", obj, twin.ref)
        for kind, fact in self.facts(person, twin).items():
            self.put(kind, obj, fact_key(fact))
        self.put("names", obj, fact_key(people.PersonName.objects.create(person=person, text="Lena", position=5)))
        with acting(factories.actor(at.organisation, "coordinator", at)) as lead:
            self.put("merge", obj, merge(by=lead, kept=person, absorbed=absorbed).ref)
        entry = factories.support(at, self.service, person, day=timezone.localdate(), next_step="call her")
        self.put("support", obj, entry.ref)
        came = factories.result(at, self.kind, person, day=timezone.localdate(), evidence="folder")
        self.put("result", obj, came.ref)
        for rows in brought("rows"):
            for kind, words in (rows(person) or {}).items():
                self.put(kind, obj, words)
        return person

    def facts(self, person: Person, other: Person) -> dict[str, Any]:
        consent = people.ConsentText.objects.get_or_create(purpose="photo", version=1, names={"en": "Photo"})[0]
        factories.household(person, other)
        return {
            "contacts": people.Channel.objects.create(person=person, kind="phone", value="600 100 200"),
            "citizenships": people.Citizenship.objects.create(person=person, country="UA"),
            "titles": people.TitleHeld.objects.create(person=person, title=self.title),
            "dwellings": people.Dwelling.objects.create(person=person, place=self.place),
            "languages": people.PersonLanguage.objects.create(person=person, language="uk"),
            "consents": people.Consent.objects.create(
                person=person, text=consent, language="uk", given_on=date(2026, 1, 5)
            ),
            "guardians": people.Guardian.objects.create(person=person, name="Petro"),
            "household": person.households.get(),
            "relations": people.Relation.objects.create(person=person, other=other, kind="partner"),
        }

    def missing(self) -> None:
        """Words of the right shape behind which there is nothing."""
        for kind in list(self.refs):
            number = isinstance(next(iter(self.refs[kind].values())), int)
            self.put(kind, "missing", 2_000_000_000 if number else new_ref())
        load_retention()
        self.refs["rule"] = {"own": RetentionRule.objects.all()[0].ref, "missing": new_ref()}
        codes = {"line": self.service.line.code, "service": self.service.code, "topic": self.topic.code}
        for kind, code in codes.items():
            self.refs[kind] = {"own": code, "missing": "no-such-code"}
        self.refs["asset"] = {"own": {"digest": "x", "name": "app.css"}, "missing": {"digest": "x", "name": "no.css"}}

    def links(self, maker: User | None) -> None:
        """One that only its maker may manage, and one whose token somebody holds."""
        token, until = new_token(), timezone.now() + timedelta(days=9)
        made = Link.objects.create(
            organisation=self.home, purpose="x.y", language="pl", digest="x", by=maker, expires_at=until
        )
        self.refs["link"] = {"coordinator": made.ref, "missing": new_ref()}
        reminder = Reminder.objects.create(link=made, number=1, due_at=timezone.now())
        self.refs["reminder"] = {"coordinator": reminder.ref, "missing": new_ref()}
        held = Link.objects.get(notice__person__ref=self.refs["person"]["own"])
        Link.objects.filter(pk=held.pk).update(digest=digest_of(token))
        self.refs["token"] = {"own": token, "missing": new_token()}

    def teams(self, accounts: dict[str, User | None]) -> None:
        for card in CAST:
            for what in card.with_ if card.kind == "" else ():
                obj, _, until = what.partition(", ")
                into = self.join_case if obj.endswith(" case") else self.join
                into(accounts[card.name], obj.removesuffix(" case"), until)
            if card.excluded:
                for person in Person.objects.filter(organisation=self.home):
                    Exclusion.objects.create(person=person, user=accounts[card.name])

    def join(self, user: User, obj: str, until: str = "") -> None:
        """The person, and the twin beside them."""
        begun, now = timezone.now() - timedelta(days=9), timezone.now()
        for kind in ("person", "twin"):
            TeamMember.objects.create(
                person=Person.objects.get(ref=self.refs[kind][obj]),
                user=user,
                source="named",
                starts_at=begun,
                ends_at=now - timedelta(days=1) if until else None,
            )

    def join_case(self, user: User | None, obj: str, until: str = "") -> None:
        now = timezone.now()
        CaseMember.objects.create(
            case=CaseFile.objects.get(ref=self.refs["case"][obj]),
            user=user,
            role="lead",
            starts_at=now - timedelta(days=9),
            ends_at=now - timedelta(days=1) if until else None,
        )

    def cases(self) -> None:
        """Without a word in them: nobody's keys are opened here."""
        for obj, kind, who in (
            ("t2", "support", "own"),
            ("t3", "legal", "own"),
            ("t4", "protection", "hidden"),
            ("alien", "support", "alien"),
        ):
            person = Person.objects.get(ref=self.refs["person"][who])
            case = CaseFile.objects.create(
                organisation=person.organisation, point=person.point, person=person, kind=kind
            )
            CaseFile.objects.filter(pk=case.pk).update(closed_on=case.opened_on)  # leaves what it said before
            CaseFile.objects.filter(pk=case.pk).update(closed_on=None)
            member = factories.user(person.organisation, "lawyer", person.point)
            CaseMember.objects.create(case=case, user=member, role="lead")
            note = Note.objects.create(case=case, author=member)
            NoteVersion.objects.create(note=note, number=1, by=member)
            self.put("case", obj, case.ref)
            self.put("case_member", obj, member.ref)
            self.put("note", obj, note.ref)

    def privacy_things(self, obj: str, asker: User | None) -> None:
        """What somebody asks, and what others have to decide."""
        person = Person.objects.get(ref=self.refs["person"][obj])
        request = SubjectRequest.objects.create(
            organisation=person.organisation, person=person, kind="copy", due_on=timezone.localdate()
        )
        self.put("request", obj, request.ref)
        self.put("hold", obj, LegalHold.objects.create(person=person).ref)
        if obj in ("own", "alien"):
            erasure = Erasure.objects.create(
                organisation=person.organisation, person=person, person_ref=person.ref, asked_by=asker
            )
            self.put("erasure", obj, erasure.ref)

    def glass(self, obj: str, about: str, user: User | None) -> None:
        opened = timezone.now() if obj != "hidden" else None
        made = Glass.objects.create(
            organisation_id=(self.abroad if obj == "alien" else self.home).pk,
            user=user,
            model="people.person",
            object_ref=self.refs["person"][about],
            tier=4 if obj == "hidden" else 2,
            category="danger",
            reason=b"",
            opened_at=opened,
            until=opened and opened + timedelta(hours=4),
        )
        self.put("glass", obj, made.ref)

    def pack(self, maker: User | None) -> None:
        person = Person.objects.get(ref=self.refs["person"]["own"])
        made = Pack.objects.create(organisation=self.home, person=person, language="pl", content=b"x", by=maker)
        self.refs["pack"] = {"coordinator": made.ref, "missing": new_ref()}

    def release(self, by: User | None) -> None:
        """Somebody decided already about the copy of the file of tier 3."""
        request = SubjectRequest.objects.get(ref=self.refs["request"]["own"])
        case = CaseFile.objects.get(ref=self.refs["case"]["t3"])
        Release.objects.create(
            organisation=self.home,
            request=request,
            model="casework.casefile",
            object_ref=case.ref,
            tier=case.tier,
            ground="others",
            by=by,
        )

    def hide(self, person: Person) -> None:
        """As people.actions.protect does, but for the keys: nobody opens the sealed identity here."""
        both = Person.objects.filter(ref__in=[person.ref, self.refs["twin"]["hidden"]])
        for number, one in enumerate(both):
            Person.objects.filter(pk=one.pk).update(protected=True, alias=f"Bez-{number}")
        with door():
            Support.objects.filter(recipients__person=person).update(protected=True)
            SupportPerson.objects.filter(person=person).update(protected=True)

    def errand(self, maker: User | None) -> None:
        programme = factories.programme(self.home, self.service)
        KeptFigure.objects.create(
            organisation=self.home,
            programme=programme,
            indicator=factories.indicator(programme),
            of_results=False,
            of_people=False,
            counted_at=timezone.now(),
        )
        made = factories.errand(self.home, maker, b"x", programme=programme.ref)
        self.refs["errand"] = {"coordinator": made.ref, "missing": new_ref()}
        self.refs["draft"] = {"coordinator": factories.draft(self.home, maker).ref, "missing": new_ref()}
