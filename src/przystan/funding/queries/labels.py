"""Names of the codes that rules speak of, read only when a sentence needs them, all in one query."""

import json
from functools import cached_property

from django.db import connection

from przystan.reference.models import translated

NAMES = """
SELECT 'residence_title', code, names FROM reference_residencetitle
UNION ALL SELECT 'service', code, names FROM support_service
UNION ALL SELECT 'place', code, jsonb_build_object('pl', name) FROM reference_place
UNION ALL SELECT 'point', code, jsonb_build_object('pl', name) FROM team_point
"""


class Labels:
    """`labels("place", "gdansk")` is "Gdańsk"; an unknown code is shown as it is."""

    def __call__(self, fact: str, code: str) -> str:
        """The name of a code of this fact in the page's language."""
        names = self._names.get((fact, code))
        return translated(names) if names else code

    @cached_property
    def _names(self) -> dict[tuple[str, str], dict[str, str]]:
        with connection.cursor() as cursor:
            cursor.execute(NAMES)
            return {(fact, code): json.loads(names) for fact, code, names in cursor.fetchall()}
