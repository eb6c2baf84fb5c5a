"""No row of the audit log holds anything about anybody: names of fields, codes and references only."""

import re
from datetime import date
from random import Random
from typing import Any

import pytest
from django.apps import apps

from przystan.access.models import AuditEntry
from przystan.access.roles import BY_CODE
from przystan.funding import actions as funding
from przystan.people import actions as people
from przystan.people.models import Channel, Citizenship, Person, PersonName
from przystan.support import actions as ledger
from przystan.support.rules import Entry
from przystan.team import actions as team
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = ("roles", "action", "model", "object_ref", "purpose", "request", "key_id")
CODE = re.compile(r"[a-z0-9 _.-]*")
PLAIN = "abcdefghijklmnoprstuwyz"
LETTERS = PLAIN + "ąćęłńóśźżабвгдежиклмнопрст"
OTHER_NAMES = {"payer", "names", "phone", "phone_safety"}  # what a form or an action calls several fields


class Typed:
    """Words that somebody typed: each only once, so that none is found by chance."""

    def __init__(self, seed: int) -> None:
        self.random, self.words = Random(seed), set[str]()

    def __call__(self, length: int = 12, letters: str = LETTERS) -> str:
        word = "".join(self.random.choices(letters, k=length)).title()
        self.words.add(word.lower())
        return word

    def phone(self) -> str:
        number = f"+48 600 {self.random.randrange(100, 1000)} {self.random.randrange(100, 1000)}"
        self.words.add(number)
        return number


def a_day_at_the_centre(say: Typed) -> None:
    """Somebody is registered, described, given support, merged with their double; a colleague joins."""
    organisation = factories.organisation()
    point = factories.point(organisation)
    coordinator = factories.actor(organisation, "coordinator")
    new = people.Newcomer(names=[people.NewName(f"{say()} {say()}")], point=point, phone=say.phone())
    person = people.register(by=coordinator, newcomer=new)
    people.keep_name(by=coordinator, fact=PersonName(person=person, text=say()), fields=["text"])
    people.keep_channel(
        by=coordinator, fact=Channel(person=person, kind="phone", value=say.phone(), safety="yes"), fields=["value"]
    )
    people.keep(by=coordinator, fact=Citizenship(person=person, country="UA"))
    service = factories.service(say())
    entry = Entry(people=(person.ref,), day=date(2026, 11, 2), minutes=30, service_id=service.pk, point_id=point.pk)
    support = ledger.record(by=coordinator, entry=entry)
    programme = factories.programme(organisation, service)
    funding.pay(by=coordinator, support=support, payer=programme.ref, reason=say())
    funding.withdraw(by=coordinator, support=support, reason=f"{say()} {say()}")
    double = factories.person(point, say())
    merge = people.merge(by=coordinator, kept=person, absorbed=double)
    people.undo_merge(by=coordinator, merge=merge)
    name, login = f"{say()} {say()}", say(letters=PLAIN).lower()
    team.add_member(by=coordinator, full_name=name, username=login, role="adviser", language="pl")


def names() -> set[str]:
    """Names of fields of all models, and of roles."""
    return {field.name for model in apps.get_models() for field in model._meta.get_fields()} | set(BY_CODE)


@pytest.mark.parametrize("seed", range(5))
def test_no_row_holds_a_value(seed: int) -> None:
    say = Typed(seed)
    a_day_at_the_centre(say)
    rows: list[dict[str, Any]] = list(AuditEntry.objects.order_by("seq").values("fields", *WORDS))
    assert len(rows) >= 10
    assert Person.objects.count() == 2
    told = {row[word] for row in rows for word in WORDS}
    fields = {name for row in rows for name in row["fields"]}
    assert fields <= names() | OTHER_NAMES
    assert not [text for text in told if not CODE.fullmatch(text)]
    everything = " ".join([*told, *fields]).lower()
    assert len(say.words) > 10
    assert not [word for word in say.words if word in everything]
