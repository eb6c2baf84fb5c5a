"""One institution with everything the register knows of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from przystan.access.actors import Actor

from ..enums import Part
from ..models import Agreement, Check, Contact, Institution, InstitutionMerge
from ..rights import INSTITUTIONS_READ
from ..rules.freshness import Freshness, freshness

PARTS = (
    "names",
    "numbers",
    "addresses",
    "hours",
    "contacts",
    Prefetch("agreements", Agreement.objects.select_related("kind")),
    Prefetch("checks", Check.objects.select_related("by")),
    Prefetch("merges", InstitutionMerge.objects.filter(undone_at=None).select_related("absorbed", "by")),
)


@dataclass(frozen=True)
class InstitutionPage:
    """What the page of an institution shows; all of it was read."""

    institution: Institution
    freshness: list[Freshness]
    contacts: list[Contact]
    former: list[Contact]
    agreements: list[tuple[Agreement, bool]]  # and whether it is in force


def institution_seen(actor: Actor, ref: str) -> Institution:
    """The institution of this reference, or that into which it was merged. `Institution.DoesNotExist` if there is none
    for the actor."""
    actor.require(INSTITUTIONS_READ)
    rows = Institution.objects.seen_by(actor).select_related("kind")
    found = rows.get(ref=ref)
    while found.merged_into_id:
        found = rows.get(pk=found.merged_into_id)
    return found


def institution_page(actor: Actor, institution: Institution) -> InstitutionPage:
    """The same with all that hangs on it."""
    return institution_pages(actor, [institution])[0]


def institution_pages(actor: Actor, institutions: Sequence[Institution]) -> list[InstitutionPage]:
    """`institution_page` of several, in as many statements as for one."""
    rows = Institution.objects.seen_by(actor).select_related("kind", "created_by")
    found = {one.pk: one for one in rows.filter(pk__in=[one.pk for one in institutions])}
    if len(found) < len(institutions):
        raise Institution.DoesNotExist
    prefetch_related_objects(list(found.values()), *PARTS)
    return [_page(found[one.pk], timezone.localdate()) for one in institutions]


def _page(one: Institution, today: date) -> InstitutionPage:
    contacts = list(one.contacts.all())
    return InstitutionPage(
        institution=one,
        freshness=freshness(Part.values, _last_checks(one), one.kind.stale_after, today),
        contacts=[contact for contact in contacts if not _is_over(contact, today)],
        former=[contact for contact in contacts if _is_over(contact, today)],
        agreements=[(agreement, agreement.holds_on(today)) for agreement in one.agreements.all()],
    )


def _is_over(contact: Contact, today: date) -> bool:
    return contact.valid_to is not None and contact.valid_to < today


def _last_checks(one: Institution) -> dict[str, tuple[date, str]]:
    """Part -> its last check; they come with the latest first."""
    last: dict[str, tuple[date, str]] = {}
    for check in one.checks.all():
        last.setdefault(check.part, (check.on, check.by.full_name if check.by else ""))
    return last
