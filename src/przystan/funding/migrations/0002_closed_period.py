"""The payer of a record of a closed period never changes: the counter-entry and the right entry carry their own."""

from django.db import migrations

GUARD = """
CREATE FUNCTION funding_guard_allocation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entry support_support%ROWTYPE;
BEGIN
    -- Words about somebody who is erased go, in closed periods too; who paid stays.
    IF TG_OP = 'UPDATE' AND NEW.reason = '' AND to_jsonb(NEW) - 'reason' = to_jsonb(OLD) - 'reason' THEN
        RETURN NEW;
    END IF;
    SELECT * INTO entry FROM support_support WHERE id = COALESCE(NEW.support_id, OLD.support_id);
    IF support_is_closed(entry.organisation_id, entry.booked_on) THEN
        RAISE EXCEPTION 'the period of support % is closed', entry.ref
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'support_period_closed';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE TRIGGER funding_guard_allocation BEFORE INSERT OR UPDATE OR DELETE ON funding_allocation
    FOR EACH ROW EXECUTE FUNCTION funding_guard_allocation();
"""

UNDO = """
DROP TRIGGER funding_guard_allocation ON funding_allocation;
DROP FUNCTION funding_guard_allocation();
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0001_initial"), ("support", "0002_closed_periods")]
    operations = [migrations.RunSQL(GUARD, UNDO)]
