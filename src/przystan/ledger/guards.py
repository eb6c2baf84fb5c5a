"""The database's own refusal to edit what is closed, for the table of either ledger."""

from django.db import migrations

CLOSED = """
CREATE FUNCTION {name}(organisation bigint, day date) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM {periods} p WHERE p.organisation_id = organisation AND day BETWEEN p.starts AND p.ends
    )
$$;
"""
# The arguments of the trigger are the columns that change no figure: those may be written in closed periods, too.
GUARD = """
CREATE FUNCTION ledger_guard_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND ledger_is_closed(OLD.organisation_id, OLD.booked_on)
       AND (TG_OP = 'DELETE' OR to_jsonb(OLD) - TG_ARGV IS DISTINCT FROM to_jsonb(NEW) - TG_ARGV)
    THEN
        RAISE EXCEPTION 'the period of entry % is closed', OLD.ref USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'ledger_period_closed';
    END IF;
    IF TG_OP <> 'DELETE' AND ledger_is_closed(NEW.organisation_id, NEW.booked_on)
       AND (TG_OP = 'INSERT' OR OLD.booked_on <> NEW.booked_on)
    THEN
        RAISE EXCEPTION 'the period of % is closed', NEW.booked_on USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'ledger_period_closed';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
"""
NO_GUARD = "DROP FUNCTION ledger_guard_entry()"


def guarded(table: str, free: str) -> migrations.RunSQL:
    """From now on entries of closed periods stay as they are in this table, but for the columns of `free`."""
    columns = ", ".join(f"'{column}'" for column in free.split())
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_guard BEFORE INSERT OR UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION ledger_guard_entry({columns})",
        f"DROP TRIGGER {table}_guard ON {table}",
    )
