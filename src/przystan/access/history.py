"""Keeping what rows said before somebody changed them: one trigger, written here, for every table of such wordings.

A table of earlier wordings is a model made of `access.models.Before`, one of each module: whoever may see the module's
rows is shown them, and nobody else. Inserting leaves nothing in it, so neither do imports, COPY and the demo centre.

A model says in its `class Privacy` into which table its earlier wordings go:

    history = History("courses_before", "id")  # of a module `courses`; made as in casework/models/history.py

A migration of its module makes the trigger (`kept` below; `przystan makemigrations` writes it for new tables), and
tests/access/test_history.py holds the two against each other.
"""

from dataclasses import dataclass

from django.db import connection, migrations

# Which columns differ is asked of the rows as JSON: the same words for every table, also for columns added later.
KEEPER = """
CREATE FUNCTION {into}_keep() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_row jsonb;
    new_row jsonb;
    changed jsonb;
    whose bigint;
BEGIN
    IF current_setting('app.history', true) = 'off' THEN RETURN NULL; END IF;
    old_row := to_jsonb(OLD);
    whose := old_row->>TG_ARGV[0];
    old_row := old_row - '{{{left_out}}}'::text[];
    IF TG_OP = 'UPDATE' THEN
        new_row := to_jsonb(NEW);
        SELECT jsonb_object_agg(key, value) INTO changed FROM jsonb_each(old_row)
        WHERE new_row->key IS DISTINCT FROM value;
        IF changed IS NULL THEN RETURN NULL; END IF;
    ELSE
        IF NOT EXISTS (SELECT 1 FROM {parent} WHERE id = whose) THEN RETURN NULL; END IF;
        changed := old_row;
    END IF;
    INSERT INTO {into} ({owner}, "table", "row", gone, before, at, by_id)
    VALUES (whose, TG_TABLE_NAME, OLD.id, TG_OP = 'DELETE', changed, now(), app_uid());
    RETURN NULL;
END $$
"""
TRIGGER = (
    "CREATE TRIGGER keep_before AFTER {on} ON {table} FOR EACH ROW WHEN ({when})"
    " EXECUTE FUNCTION {into}_keep('{column}')"
)


def keeper(into: str, *, owner: str, parent: str, left_out: str) -> migrations.RunSQL:
    """The trigger function that writes into the table `into`.

    `owner`: its column that says what the rows are about, in the table `parent`. `left_out`: columns that are no words
    of anybody, split by blanks: made of others, counted by the machine.
    """
    columns = ",".join(left_out.split())
    return migrations.RunSQL(
        KEEPER.format(into=into, owner=owner, parent=parent, left_out=columns), f"DROP FUNCTION {into}_keep()"
    )


@dataclass(frozen=True)
class History:
    """What is kept of a table: `into` which table, and which `column` of its own says what its rows are about.

    `on`: "UPDATE" where a row that goes leaves nothing. `when`: a condition on OLD; others leave nothing.
    """

    into: str
    column: str
    on: str = "UPDATE OR DELETE"
    when: str = "true"

    def of(self, table: str) -> migrations.RunSQL:
        """The operation of a migration that makes it for this table."""
        return kept(table, self.into, self.column, on=self.on, when=self.when)


def kept(table: str, into: str, column: str, *, on: str = "UPDATE OR DELETE", when: str = "true") -> migrations.RunSQL:
    """Keep changes of `table` in `into` from now on. `column`: of the table, what its rows are about.

    `when`: a condition on OLD; rows for which it does not hold leave nothing.
    """
    return migrations.RunSQL(
        TRIGGER.format(table=table, into=into, column=column, on=on, when=when), f"DROP TRIGGER keep_before ON {table}"
    )


def without_history() -> None:
    """Keep no earlier wording of what is written in the rest of this transaction: when somebody is protected or erased,
    what is removed as never having been, and where a merge keeps its own record."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.history', 'off', true)")
