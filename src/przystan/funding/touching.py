"""Triggers that note what was changed, for whoever keeps figures (`queries.kept`, docs/decisions/0049).

A note says which row of a table was changed, and nothing that was looked up: whom it concerns is found out by whoever
reads it. What a trigger looked up could be out of date when its transaction ends, and the note would name another
programme than the one whose figure is wrong.
"""

# ruff: noqa: S608 (texts are put together from constants)

from collections.abc import Iterable, Mapping

from django.db import migrations

MANY = 500  # changed by one statement; of more it is not noted which
# A new payer is noted with its entry: what is only new is added to a kept figure (`queries.kept`).
NOTE = f"""
CREATE FUNCTION funding_note(what text, keys bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(keys) > {MANY} THEN
        INSERT INTO funding_touched (what) VALUES ('all');
    ELSE
        INSERT INTO funding_touched (what, key) SELECT DISTINCT what, key FROM unnest(keys) AS k(key)
        WHERE key IS NOT NULL;
    END IF;
END $$;
CREATE FUNCTION funding_note_added() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT count(*) FROM came) > {MANY} THEN
        INSERT INTO funding_touched (what, key) SELECT DISTINCT 'programme', programme_id FROM came;
    ELSE
        INSERT INTO funding_touched (what, key, entry) SELECT 'added', programme_id, support_id FROM came;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER funding_note_added AFTER INSERT ON funding_allocation
    REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION funding_note_added();
"""
NO_NOTE = """
DROP TRIGGER funding_note_added ON funding_allocation;
DROP FUNCTION funding_note_added(); DROP FUNCTION funding_note(text, bigint[]);
"""
# Planned once for a connection: what was quick for one changed row would take hours for a hundred thousand.
FUNCTION = """
CREATE OR REPLACE FUNCTION funding_touch_{table}() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp SET enable_nestloop = off AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        {inserted}
    ELSIF TG_OP = 'DELETE' THEN
        {deleted}
    ELSE
        {updated}
    END IF;
    RETURN NULL;
END $$;
"""
TRIGGERS = {
    "INSERT": "NEW TABLE AS came",
    "UPDATE": "OLD TABLE AS went NEW TABLE AS came",
    "DELETE": "OLD TABLE AS went",
}
TRIGGER = (
    "CREATE TRIGGER funding_touched_{word} AFTER {event} ON {table} REFERENCING {rows}"
    " FOR EACH STATEMENT EXECUTE FUNCTION funding_touch_{table}();"
)
# A row whose key was changed is two rows here, one that went and one that came, and both are noted.
CHANGED = " FROM went AS o FULL JOIN came AS n ON n.{key} = o.{key} WHERE ({old}) IS DISTINCT FROM ({new})"


def watched(
    table: str,
    notes: Mapping[str, str],
    compared: str,
    *,
    on: Iterable[str] = ("INSERT", "UPDATE", "DELETE"),
    key: str = "id",
) -> migrations.RunSQL:
    """From now on changes of a table are noted, one note for each row that a statement changes.

    `notes`: what is noted -> the column that says of which. `compared`: columns of which figures are made, split by
    blanks; an UPDATE that leaves them and the `key`, the primary key, is not noted.
    """
    events = list(on)
    triggers = [
        TRIGGER.format(word=event.lower(), event=event, table=table, rows=rows)
        for event, rows in TRIGGERS.items()
        if event in events
    ]
    gone = [f"DROP TRIGGER funding_touched_{event.lower()} ON {table};" for event in events]
    return migrations.RunSQL(
        "\n".join([_function(table, notes, compared, key), *triggers]),
        "\n".join([*gone, f"DROP FUNCTION funding_touch_{table}();"]),
    )


def watched_anew(table: str, notes: Mapping[str, str], compared: str, *, key: str = "id") -> migrations.RunSQL:
    """What is noted of a table that is watched already is noted as this version of the product does it."""
    return migrations.RunSQL(_function(table, notes, compared, key), migrations.RunSQL.noop)


def _function(table: str, notes: Mapping[str, str], compared: str, key: str) -> str:
    columns = [key, *compared.split()]
    both = {name: ", ".join(f"{name[0]}.{one}" for one in columns) for name in ("old", "new")}
    changed = CHANGED.format(key=key, **both)
    return FUNCTION.format(
        table=table,
        inserted=_noted(notes, "SELECT {column} FROM came"),
        deleted=_noted(notes, "SELECT {column} FROM went"),
        updated=_noted(notes, f"SELECT o.{{column}}{changed} UNION ALL SELECT n.{{column}}{changed}"),
    )


def _noted(notes: Mapping[str, str], rows: str) -> str:
    # One more than MANY tells that there are too many; all of them need not be read.
    each = "SELECT k FROM ({rows}) AS x(k) {{limit}}"
    return "\n        ".join(
        f"PERFORM funding_note('{what}', ARRAY({_few(what, each.format(rows=rows.format(column=column)))}));"
        for what, column in notes.items()
    )


def _few(what: str, rows: str) -> str:
    """Of programmes there are few, whatever is changed; of everything else as many as are worth noting."""
    if what in ("programme", "results"):
        return rows.format(limit="GROUP BY k")
    return rows.format(limit=f"LIMIT {MANY + 1}")
