"""Two entries, one institution: all moves, in every module, and goes back; two different ones are never asked again."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from przystan.access import moving
from przystan.access.actors import Actor, Forbidden
from przystan.access.models import AuditEntry
from przystan.institutions import actions, queries
from przystan.institutions.models import (
    Agreement,
    AgreementKind,
    Contact,
    Institution,
    InstitutionName,
    InstitutionPair,
)
from przystan.institutions.rules.newcomer import Called, Newcomer, Place
from przystan.team.models import Organisation
from tests import factories
from tests.institutions.making import institution

pytestmark = pytest.mark.django_db
MONDAY = {"weekday": 0, "opens": "08:00", "closes": "16:00", "note": ""}


@pytest.fixture
def pair(house: Organisation) -> tuple[Institution, Institution]:
    kept = institution(house, "Powiatowy Urząd Pracy", places=(Place("Gdynia", "ul. Zmyślona 1"),))
    absorbed = institution(
        house,
        "Urząd Pracy w Gdyni",
        Called("Powiatowy Urząd Pracy"),
        numbers=(("regon", "123456785"),),
        places=(Place("Gdynia", "ul. Zmyślona 1"), Place("Sopot")),
        phone="58 000 00 00",
        languages=("uk",),
    )
    Contact.objects.create(institution=absorbed, name="Anna Zmyślona", role="clerk")
    kind = AgreementKind.objects.create(code="cooperation", names={"en": "Cooperation"})
    Agreement.objects.create(institution=absorbed, kind=kind)
    return kept, absorbed


def known(one: Institution) -> dict[str, object]:
    """What an entry says, for comparison."""
    one.refresh_from_db()
    parts = {
        name: sorted(map(str, getattr(one, name).values_list(field, flat=True)))
        for name, field in [("names", "text"), ("numbers", "value"), ("addresses", "town"), ("contacts", "name")]
    }
    return parts | {"phone": one.phone, "languages": one.languages, "hours": one.hours.count(), "name": one.name}


def test_all_moves_and_goes_back(pair: tuple[Institution, Institution], coordinator: Actor) -> None:
    kept, absorbed = pair
    actions.save_hours(by=coordinator, institution=absorbed, rows=[MONDAY])
    before = known(kept), known(absorbed)
    merge = actions.merge(by=coordinator, kept=kept, absorbed=absorbed)
    assert known(kept) == {
        "names": ["Powiatowy Urząd Pracy", "Urząd Pracy w Gdyni"],
        "numbers": ["123456785"],
        "addresses": ["Gdynia", "Sopot"],
        "contacts": ["Anna Zmyślona"],
        "phone": "58 000 00 00",
        "languages": ["uk"],
        "hours": 1,
        "name": "Powiatowy Urząd Pracy",
    }
    assert kept.agreements.count() == 1
    assert list(queries.institutions(coordinator)) == [kept]
    assert queries.institution_seen(coordinator, absorbed.ref) == kept
    actions.undo_merge(by=coordinator, merge=merge)
    assert (known(kept), known(absorbed)) == before
    assert absorbed.merged_into is None
    assert not InstitutionPair.objects.exists()
    told = AuditEntry.objects.filter(action__startswith="institution.merge").order_by("seq")
    assert [row.action for row in told] == ["institution.merge", "institution.merge_undone"]


def test_the_hours_of_the_kept_one_hold(pair: tuple[Institution, Institution], coordinator: Actor) -> None:
    for one in pair:
        actions.save_hours(by=coordinator, institution=one, rows=[MONDAY])
    actions.merge(by=coordinator, kept=pair[0], absorbed=pair[1])
    assert [one.hours.count() for one in pair] == [1, 1]


def test_what_was_added_since_stays_with_the_kept_one(
    pair: tuple[Institution, Institution], coordinator: Actor
) -> None:
    kept, absorbed = pair
    merge = actions.merge(by=coordinator, kept=kept, absorbed=absorbed)
    kept.refresh_from_db()
    kept.phone = "58 111 11 11"
    actions.change(by=coordinator, institution=kept)
    actions.keep(by=coordinator, row=InstitutionName(institution=kept, text="GUP", kind="short"))
    actions.undo_merge(by=coordinator, merge=merge)
    assert "GUP" in known(kept)["names"]  # type: ignore[operator]
    assert (kept.phone, kept.languages, known(absorbed)["phone"]) == ("58 111 11 11", [], "58 000 00 00")


@pytest.mark.parametrize("again", [("kept", "kept"), ("kept", "absorbed"), ("absorbed", "kept")])
def test_what_cannot_be_merged(
    pair: tuple[Institution, Institution], coordinator: Actor, again: tuple[str, str]
) -> None:
    both = dict(zip(("kept", "absorbed"), pair, strict=True))
    actions.merge(by=coordinator, kept=pair[0], absorbed=pair[1])
    with pytest.raises(ValidationError):
        actions.merge(by=coordinator, kept=both[again[0]], absorbed=both[again[1]])


def test_nobody_writes_into_what_was_merged_away(pair: tuple[Institution, Institution], coordinator: Actor) -> None:
    actions.merge(by=coordinator, kept=pair[0], absorbed=pair[1])
    gone = Institution.objects.get(pk=pair[1].pk)
    with pytest.raises(Forbidden):
        actions.change(by=coordinator, institution=gone)
    with pytest.raises(Forbidden):
        actions.keep(by=coordinator, row=InstitutionName(institution=gone, text="Late"))


def test_a_merge_is_undone_once_and_the_last_first(house: Organisation, coordinator: Actor) -> None:
    one, two, three = (institution(house, name) for name in ("One", "Two", "Three"))
    first = actions.merge(by=coordinator, kept=two, absorbed=one)
    second = actions.merge(by=coordinator, kept=three, absorbed=two)
    assert queries.institution_seen(coordinator, one.ref) == three
    with pytest.raises(ValidationError, match="into another since"):
        actions.undo_merge(by=coordinator, merge=first)
    actions.undo_merge(by=coordinator, merge=second)
    with pytest.raises(ValidationError, match="undone already"):
        actions.undo_merge(by=coordinator, merge=second)
    actions.undo_merge(by=coordinator, merge=first)


def test_whatever_hangs_on_an_institution_follows_it() -> None:
    labels = {model._meta.label for model, _field in moving.links_to(Institution)}
    assert {"institutions.Contact", "institutions.Agreement", "institutions.Check"} <= labels
    assert "institutions.Opening" not in labels


def test_who_may_not_merge(pair: tuple[Institution, Institution], adviser: Actor) -> None:
    stranger = factories.actor(factories.organisation("Other"), "coordinator")
    for actor in (adviser, stranger):
        with pytest.raises(Forbidden):
            actions.merge(by=actor, kept=pair[0], absorbed=pair[1])
        with pytest.raises(Forbidden):
            actions.mark_different(by=actor, one=pair[0], other=pair[1])


def test_the_queue_and_its_pages(house: Organisation, coordinator: Actor, adviser: Actor) -> None:
    one = institution(house, "Powiatowy Urząd Pracy")
    newcomer = Newcomer("office", (Called("Powiatowy Urzad Pracy"),))
    two = actions.register(by=adviser, newcomer=newcomer, despite=queries.alike(adviser, newcomer))
    page = Client(headers={"accept-language": "en"})
    page.force_login(factories.user(house, "coordinator", factories.point(house)))
    assert "1 pair may be one institution" in page.get(reverse("institutions:index")).text
    assert reverse("institutions:compare", args=[one.ref, two.ref]) in page.get(reverse("institutions:doubles")).text
    assert two.ref in page.get(reverse("institutions:find_same", args=[one.ref])).text
    page.post(reverse("institutions:different", args=[one.ref]), {"other": two.ref})
    assert not queries.count_suspected(coordinator)
    page.post(reverse("institutions:merge", args=[one.ref]), {"absorbed": two.ref})
    shown = page.get(reverse("institutions:institution", args=[one.ref])).text
    assert "became a part of this entry" in shown
    moved = page.get(reverse("institutions:institution", args=[two.ref]))
    assert moved.url == reverse("institutions:institution", args=[one.ref])
    merge = one.merges.get()
    page.post(reverse("institutions:undo_merge", args=[one.ref, merge.ref]))
    assert queries.institutions(coordinator).count() == 2
    assert not queries.count_suspected(coordinator), "it was said before that they are two"


def test_what_was_merged_away_meanwhile_takes_nothing_in(
    pair: tuple[Institution, Institution], coordinator: Actor
) -> None:
    """The form showed the entry as it was before somebody else merged it."""
    kept, absorbed = pair
    row = Contact.objects.get()
    row.institution = Institution.objects.get(pk=absorbed.pk)
    actions.merge(by=coordinator, kept=kept, absorbed=absorbed)
    shown = row.institution
    changes = (
        lambda: actions.keep(by=coordinator, row=row),
        lambda: actions.remove(by=coordinator, row=row),
        lambda: actions.change(by=coordinator, institution=shown),
        lambda: actions.close(by=coordinator, institution=shown, day=timezone.localdate()),
        lambda: actions.reopen(by=coordinator, institution=shown),
        lambda: actions.check(by=coordinator, institution=shown, parts=["hours"]),
    )
    for change in changes:
        with pytest.raises(Forbidden):
            change()
    assert Institution.objects.get(pk=absorbed.pk).merged_into_id == kept.pk, "it stays merged"
    assert Contact.objects.get().institution_id == kept.pk
