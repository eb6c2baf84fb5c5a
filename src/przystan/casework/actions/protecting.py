"""When somebody is protected: their files go on, led by somebody who still knows of them."""

from django.db.models import Model

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.tiers import Tier
from przystan.people.actions.putting_away import Elsewhere
from przystan.people.models import Person
from przystan.people.rules.traces import Traces

from ..enums import MemberRole
from ..models import CaseFile, CaseMember
from ..queries.team import members_of
from .members import stand


def keep_led(*, by: Actor, person: Person, traces: Traces, elsewhere: Elsewhere) -> list[type[Model]]:
    """Who protects a person leads those of their files of tier 2 in which nobody is left who knows of them.

    Members stay members: whoever is named for the person finds the file as it was, and all others find nothing. Files
    of tiers 3 and 4 are closed under keys of their members, and wait for one of these to be named.
    """
    known = set(person.team.values_list("user_id", flat=True))
    for case in CaseFile.objects.filter(person=person):
        if case.tier <= Tier.T2 and not known & set(members_of(case).values_list("user_id", flat=True)):
            assert by.user_id
            stand(by, case, by.user_id, MemberRole.LEAD, None)
            audit.record(by, "case.member", case, ["user", "role"])
    return [CaseMember]
