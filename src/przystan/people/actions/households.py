"""Who keeps house together, from when to when; and who is related to whom."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.saving import save

from ..enums import HouseholdRole
from ..models import Household, HouseholdMember, Person, Relation
from ..policies import require_sensitive, require_write


@transaction.atomic
def live_together(
    *, by: Actor, person: Person, other: Person, role: str = HouseholdRole.OTHER, since: date | None = None
) -> HouseholdMember:
    """`person` joins the household in which `other` lives now, or the two found one.

    `role` is the role of `person`. ValidationError when they keep house together already.
    """
    require_write(by, person, other)
    require_sensitive(by, person, other)
    if person.pk == other.pk:
        raise ValidationError(_("Choose somebody else: this is the same person."))
    household = _household_of(other) or found_household(by=by, person=other, since=since)
    if _members(household).filter(person=person).exists():
        raise ValidationError(_("They belong to the same household already."))
    if _open_memberships(person).exists():
        raise ValidationError(_("This person belongs to another household. Write down first when they left it."))
    audit.record(by, "householdmember.add", other, ["household"])  # theirs has somebody more: they are no less changed
    return _join(by, household, person, role, since)


@transaction.atomic
def found_household(
    *, by: Actor, person: Person, role: str = HouseholdRole.HEAD, since: date | None = None
) -> Household:
    """A new household with one member."""
    require_write(by, person)
    require_sensitive(by, person)
    household = Household.objects.create(organisation_id=by.organisation_id)
    _join(by, household, person, role, since)
    return household


@transaction.atomic
def relate(*, by: Actor, person: Person, other: Person, kind: str) -> Relation:
    """`person` is the `kind` (parent, partner, ...) of `other`. ValidationError when it is written down already."""
    require_write(by, person, other)
    require_sensitive(by, person, other)
    relation = Relation(person=person, other=other, kind=kind)
    save(relation)
    for side in (person, other):  # it says as much of the one as of the other
        audit.record(by, "relation.add", side, ["other", "kind"])
    return relation


def _join(by: Actor, household: Household, person: Person, role: str, since: date | None) -> HouseholdMember:
    member = HouseholdMember(household=household, person=person, role=role, valid_from=since)
    save(member)
    audit.record(by, "householdmember.add", person, ["household", "role", "valid_from"])
    return member


def _open_memberships(person: Person) -> QuerySet[HouseholdMember]:
    return HouseholdMember.objects.filter(person=person, valid_to__isnull=True)


def _members(household: Household) -> QuerySet[HouseholdMember]:
    return HouseholdMember.objects.filter(household=household, valid_to__isnull=True)


def _household_of(person: Person) -> Household | None:
    member = _open_memberships(person).select_related("household").order_by("-id").first()
    return member.household if member else None
