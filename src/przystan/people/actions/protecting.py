"""Protecting a person: from then on only those named know that they exist.

Names, ways to reach them, the day of birth, the centre's reference, and words about them elsewhere leave their tables
and are sealed together under a key of the team (tier 4): `putting_away` walks what the models declare. The year of
birth stays: payers and age bands need no more. See decision 0018.
"""

import json
import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, system
from przystan.access.copies import throw_copies
from przystan.access.history import without_history
from przystan.access.keys import data
from przystan.access.models import User
from przystan.access.rights import CASES_SECRET, rights_of
from przystan.access.scope import acting
from przystan.access.tiers import Tier
from przystan.kernel.refs import ALPHABET
from przystan.team.models import Membership

from ..enums import Sex, TeamSource
from ..models import Exclusion, Person, TeamMember
from ..policies import require_protect
from ..queries.links import people_of
from .putting_away import forget_statistics, put_away, put_back

CODE = 8  # letters: nobody meets one by trying


@transaction.atomic
def protect(*, by: Actor, person: Person) -> Person:
    """Seal who this is, and let go everybody but the actor. Raises Forbidden, NoKey or Locked (the actor's own key)."""
    require_protect(by, person)
    person = _locked(person)
    without_history()
    if person.protected:
        raise ValidationError(_("This person is protected already."))
    _only(by, person)
    with acting(system(person.organisation_id, "person.protect")):
        known, written = put_away(by=by, person=person)
        _blank_absorbed(person)
    person.identity = json.dumps(known, ensure_ascii=False)
    person.protected, person.alias = True, new_alias()
    person.birth, person.centre_reference = person.birth[:4], ""
    person.save()
    forget_statistics(written)
    throw_copies(person.organisation_id)
    audit.record(by, "person.protect", person)
    return person


@transaction.atomic
def unprotect(*, by: Actor, person: Person) -> Person:
    """Take the protection back: everything is where it was. Raises Forbidden, Locked."""
    require_protect(by, person)
    person = _locked(person)
    without_history()
    if not person.protected:
        raise ValidationError(_("This person is not protected."))
    known = identity_of(person)
    person.protected, person.alias, person.identity = False, "", ""
    person.save()
    with acting(system(person.organisation_id, "person.unprotect")):
        put_back(person, known)
        person.save()
    data.destroy_tier(person.ref, Tier.T4)
    audit.record(by, "person.unprotect", person)
    return person


@transaction.atomic
def name_protector(*, by: Actor, person: Person, user: User) -> None:
    """Let a colleague know of a protected person, and give them the key. ValidationError when they may not."""
    require_protect(by, person)
    roles = frozenset(Membership.objects.on(timezone.localdate()).filter(user=user).values_list("role", flat=True))
    if CASES_SECRET not in rights_of(roles) or Exclusion.objects.filter(person=person, user=user).exists():
        raise ValidationError({"user": _("This colleague cannot be named for this person.")})
    try:
        data.grant(person.ref, Tier.T4, user.pk)
    except data.NoKey as error:
        raise ValidationError({"user": _("This colleague has not set up a key of their own yet.")}) from error
    values = {"starts_at": timezone.now(), "ends_at": None, "by_id": by.user_id}
    TeamMember.objects.update_or_create(person=person, user=user, source=TeamSource.NAMED, defaults=values)
    audit.record(by, "team.name", person, purpose=user.ref)


@transaction.atomic
def drop_protector(*, by: Actor, person: Person, user: User) -> None:
    """Let a colleague go from the team of a protected person: from the next request they know of nobody."""
    _knowing(by, person)
    if user.pk == by.user_id:
        raise ValidationError(_("Name somebody else first, who can then let you go."))
    TeamMember.objects.filter(person=person, user=user).delete()
    data.revoke(person.ref, Tier.T4, user.pk)
    audit.record(by, "team.end", person, purpose=user.ref)


def identity_of(person: Person) -> dict[str, Any]:
    """What is sealed of a protected person, as `putting_away` shapes it. Raises Locked, Unreadable."""
    known: dict[str, Any] = json.loads(person.identity)
    return known


def new_alias() -> str:
    """Two groups of four, such as "P-7f3k-q2mz": to be said over a table."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(CODE))
    return f"P-{letters[:4]}-{letters[4:]}"


def _only(by: Actor, person: Person) -> None:
    """The team is the actor alone; others are named one by one."""
    assert by.user_id
    TeamMember.objects.filter(person=person).exclude(user_id=by.user_id).delete()
    values = {"starts_at": timezone.now(), "ends_at": None, "by_id": by.user_id}
    TeamMember.objects.update_or_create(person=person, user_id=by.user_id, source=TeamSource.NAMED, defaults=values)


def _blank_absorbed(person: Person) -> None:
    """Records that became part of this one are pointers from now on: no merge of theirs can be undone."""
    absorbed = [one.pk for one in people_of(person) if one.pk != person.pk]
    blanks = {"birth": "", "arrived": "", "centre_reference": "", "sex": Sex.UNKNOWN, "protected": True}
    Person.objects.filter(pk__in=absorbed).update(**blanks)


def _knowing(by: Actor, person: Person) -> None:
    """Two who let each other go at once would leave nobody who knows: the second is asked once the first has done."""
    require_protect(by, Person.objects.select_for_update().get(pk=person.pk))


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update().get(pk=person.pk)
