"""Writing back what was found out about thousands of rows in one statement; Django's bulk_update takes a minute."""

import json
from collections.abc import Sequence

from django.db import connection

from ..models import ImportRow

FOUND = """
UPDATE exchange_importrow AS kept
SET entry = found.entry, problems = found.problems, candidates = found.candidates,
    remarks = found.remarks, decision = found.decision, chosen = found.chosen
FROM jsonb_to_recordset(%s::jsonb)
     AS found(id bigint, entry jsonb, problems jsonb, candidates jsonb, remarks jsonb, decision text, chosen text)
WHERE kept.id = found.id
"""
MADE = """
UPDATE exchange_importrow AS kept SET person_id = found.person, support_id = found.support,
    institution_id = found.institution, made = found.made, added = found.added,
    entry = CASE WHEN found.person IS NULL THEN '{}' ELSE kept.entry - 'phone_words' END,
    cells = '[]', candidates = '[]', remarks = '[]', chosen = ''
FROM jsonb_to_recordset(%s::jsonb)
     AS found(id bigint, person bigint, support bigint, institution bigint, made boolean, added jsonb)
WHERE kept.id = found.id
"""


def store_found(rows: Sequence[ImportRow]) -> None:
    """Keep entry, problems, candidates, remarks and decision of rows."""
    fields = ["id", "entry", "problems", "candidates", "remarks", "decision", "chosen"]
    _run(FOUND, [{field: getattr(row, field) for field in fields} for row in rows])


def store_made(rows: Sequence[ImportRow]) -> None:
    """Keep which record each row made or was linked to, what was understood of a person, and none of its own words."""
    _run(MADE, [_made(row) for row in rows])


def _made(row: ImportRow) -> dict[str, object]:
    made = {"person": row.person_id, "support": row.support_id, "institution": row.institution_id}
    return {"id": row.pk, "made": row.made, "added": row.added, **made}


def _run(sql: str, rows: list[dict[str, object]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(rows)])
