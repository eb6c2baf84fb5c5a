"""A demo centre with a large ledger, for the benches that need one."""


def filled(supports: int, people: int = 0) -> None:
    """Fill the open centre with this many supports when it is empty, for so many people or a tenth as many."""
    from bench.ledger_copy import Copied
    from django.core.management import call_command
    from django.db import connection

    from przystan.project import demo, grants
    from przystan.support.models import Support

    call_command("migrate", verbosity=0)
    if not Support.objects.exists():
        print(f"filling a ledger of {supports:,} supports …", flush=True)
        summary = demo.build(people=people or supports // 10, supports=supports, books=Copied)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        print(f"filled in {summary.seconds:.0f} s", flush=True)
    grants.grant()


# Of one person after another, through two years, counted by the programmes whose indicators count results.
RESULTS = """
WITH kind AS (SELECT array_agg(id ORDER BY id) AS ids FROM results_resultkind WHERE shape = 'yes' AND of = 'person'),
payer AS (SELECT array_agg(DISTINCT i.programme_id) AS ids FROM funding_indicator i JOIN funding_programme p
          ON p.id = i.programme_id WHERE i.counted IN ('results', 'achievers') AND NOT p.outside),
someone AS (SELECT array_agg(id ORDER BY id) AS ids FROM people_person WHERE NOT protected AND merged_into_id IS NULL),
made AS (
    INSERT INTO results_result (ref, organisation_id, point_id, kind_id, person_id, sign, day, booked_on, before, after,
        minutes, proof, evidence, line, correction_reason, protected, version, created_at)
    SELECT 'r' || lpad(n::text, 11, '0'), p.organisation_id, p.point_id, kind.ids[1 + n %% cardinality(kind.ids)], p.id,
        1, current_date - (n %% 730), current_date - (n %% 730), '', '', 0, 'document', '', '', '', false, 1, now()
    FROM generate_series(1, %(results)s) n CROSS JOIN kind CROSS JOIN someone
    JOIN people_person p ON p.id = someone.ids[1 + n %% cardinality(someone.ids)]
    RETURNING id
)
INSERT INTO funding_resultallocation (result_id, programme_id, reason, at)
SELECT made.id, payer.ids[1 + made.id %% cardinality(payer.ids)], '', now() FROM made, payer
"""
GUARDED = ("results_result", "funding_resultallocation")


def with_results(results: int) -> None:
    """Add results until there are this many, past the guards of closed periods. As the owner."""
    from django.db import connection

    from przystan.results.models import Result

    missing = results - Result.objects.count()
    if missing <= 0:
        return
    with connection.cursor() as cursor:
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(RESULTS, {"results": missing})
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("VACUUM ANALYZE results_result, funding_resultallocation")
