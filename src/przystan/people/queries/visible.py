"""What `Person.objects.seen_by` and `open_to` say, for queries that are written in SQL; a test holds them equal.

Each is a condition on a row `p` of people_person of the actor's organisation; `about(actor)` has its parameters.
"""

from typing import Any

from przystan.access.actors import Actor
from przystan.access.rights import CASES_SECRET

from ..models import person

IN_TEAM = person.IN_TEAM.format(person="p.id", actor="%(actor)s", now="statement_timestamp()")
# Whom the actor may know of.
SEEN = f"""(%(system)s OR p.erased_at IS NULL AND (NOT p.protected OR %(secret)s AND {IN_TEAM})
    AND p.id <> ALL (ARRAY(SELECT x.person_id FROM people_exclusion x WHERE x.user_id = %(actor)s)))"""  # noqa: S608 - made of constants
# Of these, whose page the actor may open.
OPEN = f"(%(near)s::bigint[] IS NULL OR p.point_id = ANY(%(near)s::bigint[]) OR {IN_TEAM})"

# The same without those let in by an emergency look only: that begets nothing.
IN_TEAM_LASTING = IN_TEAM.replace("t.user_id = %(actor)s", "t.user_id = %(actor)s AND t.source <> 'glass'")
OPEN_LASTING = OPEN.replace(IN_TEAM, IN_TEAM_LASTING)
# Whom the row `found` was merged into, or its own. Not COALESCE: row-level security takes that for something that
# leaks, lets it see only rows that it has checked, every one of them, and asks no index.
LASTING = "CASE WHEN found.merged_into_id IS NULL THEN found.id ELSE found.merged_into_id END"


def about(actor: Actor) -> dict[str, Any]:
    """Parameters of the conditions above."""
    everywhere = actor.is_system or actor.points is None or actor.leads is None
    return {
        "actor": actor.user_id,
        "system": actor.is_system,
        "secret": actor.can(CASES_SECRET),
        "near": None if everywhere else sorted((actor.points or frozenset()) | (actor.leads or frozenset())),
    }
