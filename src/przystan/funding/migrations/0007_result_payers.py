"""The payer of a closed result never changes; what an indicator counts of results is its organisation's."""

from django.db import migrations

from przystan.access.locks import lock

GUARD = """
CREATE FUNCTION funding_guard_result_allocation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entry results_result%ROWTYPE;
BEGIN
    -- Words about somebody who is erased go, in closed periods too; who paid stays.
    IF TG_OP = 'UPDATE' AND NEW.reason = '' AND to_jsonb(NEW) - 'reason' = to_jsonb(OLD) - 'reason' THEN
        RETURN NEW;
    END IF;
    SELECT * INTO entry FROM results_result WHERE id = COALESCE(NEW.result_id, OLD.result_id);
    IF ledger_is_closed(entry.organisation_id, entry.booked_on) THEN
        RAISE EXCEPTION 'the period of result % is closed', entry.ref
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_period_closed';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE TRIGGER funding_guard_result_allocation BEFORE INSERT OR UPDATE OR DELETE ON funding_resultallocation
    FOR EACH ROW EXECUTE FUNCTION funding_guard_result_allocation();
"""
UNDO = """
DROP TRIGGER funding_guard_result_allocation ON funding_resultallocation;
DROP FUNCTION funding_guard_result_allocation();
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0006_results"), ("ledger", "0001_initial"), ("results", "0002_kept_apart")]
    operations = [
        lock("funding_indicator_kinds", "indicator_id IN (SELECT id FROM funding_indicator)"),
        migrations.RunSQL(GUARD, UNDO),
    ]
