"""A centre in which everything that can be written about one person is written, each with a word of its own kind."""

import secrets
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.db import models
from django.utils import timezone

from przystan.access.doors import door
from przystan.access.fields import SealedTextField
from przystan.access.keys import staff
from przystan.access.keys.unlocked import ring
from przystan.access.models import Glass, User
from przystan.access.rights import rights_of
from przystan.access.roles import ALL
from przystan.access.scope import acting
from przystan.casework.models import CaseFile, CaseMember, Note, NoteVersion
from przystan.exchange.actions import check
from przystan.exchange.models import FilePart, ImportBatch, ImportRow
from przystan.people import actions
from przystan.people import models as people
from przystan.people.actions.putting_away import Found, found_of
from przystan.people.models import Person
from przystan.people.queries.links import Table
from przystan.privacy.models import Erasure, LegalHold, Pack, SubjectRequest
from przystan.reference.models import Place, ResidenceTitle
from przystan.support.models import Gathering
from przystan.team.models import Organisation, Point
from przystan.team.queries import actor_for
from tests import factories
from tests.harness.modules import brought

from .world import World

PASSPHRASE = "cztery słowa których nikt"
# One role for each set of rights, but for the one who protects.
ROLES = list({rights_of({one.code}): one.code for one in reversed(ALL) if one.code != "case_manager"}.values())
SHORT = 30  # characters: shorter columns hold codes
TECHNICAL = {"table", "model"}  # names of the product's own


def mark() -> str:
    return "".join(secrets.choice("bcdfghjklmnpqrstvwxz") for _ in range(14))


@dataclass
class Hidden:
    """`name` is a word of the person's name, `word` stands in all else that is written of them alone."""

    world: World
    person: Person
    partner: Person
    protector: User
    name: str = field(default_factory=mark)
    word: str = field(default_factory=mark)
    alias: str = ""  # by which those who are named know them

    @property
    def marks(self) -> tuple[str, str]:
        return self.name, self.word

    def protect(self, *, undo: bool = False) -> None:
        """As their case manager does it."""
        actor = actor_for(self.protector)
        assert actor
        act = actions.unprotect if undo else actions.protect
        with ring(self.protector.pk, staff.by_passphrase(self.protector, PASSPHRASE)), acting(actor):
            act(by=actor, person=self.person)
        self.alias = Person.objects.values_list("alias", flat=True).get(pk=self.person.pk)


def build() -> Hidden:
    centre = factories.organisation()
    here = factories.point(centre)
    users = {role: factories.user(centre, role) for role in ROLES}
    protector = users["case_manager"] = factories.user(centre, "case_manager")
    staff.confirm(protector, staff.set_up(protector, PASSPHRASE))
    name = mark()
    person = factories.person(here, f"{name} Nowak", [protector, users["adviser"]], birth="1987-05-03")
    made = Hidden(World(users=users), person, factories.person(here, "Ostap Partner"), protector, name)
    made.world.people = {"hidden": person, "partner": made.partner}
    _facts(made, here)
    _given(made, here)
    _files(made, centre, here)
    _imports(made, centre)
    plant(made)
    return made


def _facts(made: Hidden, here: Point) -> None:
    person, partner = made.person, made.partner
    twin = factories.person(here, f"{made.name} Novak", birth="1987-05-03")
    with acting(factories.actor(here.organisation, "coordinator")) as by:
        actions.merge(by=by, kept=person, absorbed=twin)
        actions.mark_different(by=by, one=person, other=partner)
    people.Channel.objects.create(person=person, kind="phone", value="600 123 456", digits="48600123456")
    people.Citizenship.objects.create(person=person, country="UA")
    title = ResidenceTitle.objects.create(code="hidden", names={"en": "Visa"}, title_class="visa")
    people.TitleHeld.objects.create(person=person, title=title, document=made.word)
    place = Place.objects.create(code="hidden", name="Town", kind="municipality")
    people.Dwelling.objects.create(person=person, place=place)
    people.PersonLanguage.objects.create(person=person, language="uk")
    text = people.ConsentText.objects.create(purpose="photo", version=1, names={"en": "Photo"})
    people.Consent.objects.create(person=person, text=text, language="uk", given_on=date(2026, 1, 5))
    parent = people.Guardian.objects.create(person=person, name=made.word)
    people.Consent.objects.create(person=person, guardian=parent, text=text, language="uk", given_on=date(2026, 1, 5))
    factories.household(person, partner)
    partner.households.update(role="partner")
    people.Relation.objects.create(person=person, other=partner, kind="partner")
    people.Exclusion.objects.create(person=person, user=made.world.users["auditor"])
    for rows in brought("rows"):
        rows(person)


def _given(made: Hidden, here: Point) -> None:
    service, programme = factories.service(), factories.programme(here.organisation)
    day = timezone.localdate()
    steps = {"day": day, "booked_on": day, "next_step": "call", "next_step_on": day}
    alone = factories.support(here, service, made.person, **steps)
    both = factories.support(here, service, made.person, made.partner, **steps)
    title = f"birthday of {made.name}"
    lesson = {"organisation": here.organisation, "point": here, "service": service, "day": day, "minutes": 60}
    gathering = Gathering.objects.create(title=title, **lesson)
    for one in (made.person, made.partner):
        factories.support(here, service, one, day=day, booked_on=day, gathering=gathering)
    for entry in (alone, both):
        factories.pay(entry, programme)
    for module in ("funding", "reports"):
        made.world.refs[module] = [programme.ref, factories.indicator(programme).ref]
    made.world.supports = [alone, both]
    factories.errand(here.organisation, None, made.name.encode(), programme=programme.ref)


def _files(made: Hidden, centre: Organisation, here: Point) -> None:
    users, person = made.world.users, made.person
    case = CaseFile(organisation=centre, point=here, person=person, kind="support")
    case.title = made.word
    case.save()
    CaseMember.objects.create(case=case, user=users["adviser"], role="lead")
    note = Note.objects.create(case=case, author=users["adviser"])
    NoteVersion.objects.create(note=note, number=1, text=made.word, by=users["adviser"])
    made.world.cases, made.world.notes = [case], [note]
    day = timezone.localdate()
    asked = SubjectRequest.objects.create(organisation=centre, person=person, kind="copy", due_on=day, note=made.word)
    LegalHold.objects.create(person=person, reason=made.word)
    Pack.objects.create(organisation=centre, person=person, content=made.word.encode(), by=users["coordinator"])
    erased = {"person_ref": person.ref, "asked_by": users["coordinator"]}
    erasure = Erasure.objects.create(organisation=centre, person=person, **erased)
    typed = {"model": "people.person", "object_ref": f"{made.name} Nowak", "tier": 4, "category": "danger"}
    glass = Glass.objects.create(organisation_id=centre.pk, user=users["adviser"], reason=b"", **typed)
    made.world.refs["privacy"] = [asked.ref, erasure.ref, glass.ref, case.ref]
    session = SessionStore()
    session["seen"] = "nothing of anybody"
    session.save()


HEADER = ["Imię i nazwisko", "Data ur.", "Telefon", "Uwagi"]
MAPPING = {"0": "name", "1": "birth", "2": "phone"}


def _imports(made: Hidden, centre: Organisation) -> None:
    """One that is checked and taken for them, one whose columns are not matched, one that was done; and one of
    institutions, which names them as whom to ask for."""
    lead = made.world.users["coordinator"]
    rows = [
        ["Zofia Inna", "1990-01-01", "", ""],
        [f"{made.name} Nowak", "1987-05-03", "600 123 456", made.word],
    ]
    actor = actor_for(lead)
    assert actor
    for state, name in (("checking", f"{made.name}.csv"), ("failed", "b.csv"), ("done", "c.csv")):
        batch = ImportBatch.objects.create(
            organisation=centre, kind="people", state=state, filename=name, header=HEADER, mapping=MAPPING, by=lead,
            rows_total=2,
        )  # fmt: skip
        if state != "done":
            FilePart.objects.create(batch=batch, position=0, content=made.name.encode())
        cells = rows if state != "done" else [[], []]
        made_rows = [ImportRow(batch=batch, number=number, cells=row) for number, row in enumerate(cells, 2)]
        if state == "done":
            made_rows[1].person, made_rows[0].person = made.person, made.partner
        ImportRow.objects.bulk_create(made_rows)
        made.world.refs.setdefault("exchange", []).append(batch.ref)
        if state == "checking":
            with acting(actor):
                check(by=actor, batch=batch)
    schools = ImportBatch.objects.create(
        organisation=centre, kind="institutions", state="failed", filename="schools.csv", by=lead, rows_total=2,
        header=["Szkoła", "Kontakt"], mapping={"0": "name", "1": "contact"},
    )  # fmt: skip
    for number, contact in enumerate([f"{made.name} Nowak, sekretariat", "Zofia Inna"], 2):
        ImportRow.objects.create(batch=schools, number=number, cells=[f"Szkoła nr 91{number}", contact])
    made.world.refs["exchange"].append(schools.ref)


def plant(made: Hidden) -> None:
    """The word in every text column of every row that is theirs alone, and their name in those shared with others."""
    rows = found_of(made.person)
    with door():
        for model in {*rows.mine, *rows.common}:
            keys = rows.mine.get(model, set()) | rows.common.get(model, set())
            alone = rows.mine.get(model, set()) | rows.alone.get(model, set())
            for name in texts(model):
                for mark_, some in ((made.word, alone), (made.name, keys - alone)):
                    empty = model._base_manager.filter(pk__in=some).exclude(**{f"{name}__contains": made.name})
                    empty.update(**{name: f"{mark_} {name}"[: model._meta.get_field(name).max_length]})


def texts(model: Table) -> list[str]:
    """Its columns for words that people write."""
    return [
        column.name
        for column in model._meta.concrete_fields
        if isinstance(column, models.CharField | models.TextField) and not isinstance(column, SealedTextField)
        and not column.choices and not column.unique and column.name not in TECHNICAL
        and (column.max_length or SHORT) >= SHORT
    ]  # fmt: skip


def tables_without_a_row(made: Hidden, wanted: Any) -> set[str]:
    """Of these models, those of which nothing is there about the person: the test would see nothing of them."""
    rows: Found = found_of(made.person)
    return {model._meta.label for model in wanted if not rows.mine.get(model)} - {"people.Person"}
