"""The payer of a closed record asks `ledger` what is closed; nobody asks `support` any more."""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION funding_guard_allocation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entry support_support%ROWTYPE;
BEGIN
    -- Words about somebody who is erased go, in closed periods too; who paid stays.
    IF TG_OP = 'UPDATE' AND NEW.reason = '' AND to_jsonb(NEW) - 'reason' = to_jsonb(OLD) - 'reason' THEN
        RETURN NEW;
    END IF;
    SELECT * INTO entry FROM support_support WHERE id = COALESCE(NEW.support_id, OLD.support_id);
    IF {closed}(entry.organisation_id, entry.booked_on) THEN
        RAISE EXCEPTION 'the period of support % is closed', entry.ref
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = '{name}';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
"""
NOW, BEFORE = (
    GUARD.replace("{closed}", closed).replace("{name}", name)
    for closed, name in [("ledger_is_closed", "ledger_period_closed"), ("support_is_closed", "support_period_closed")]
)


class Migration(migrations.Migration):
    dependencies = [("funding", "0004_more_locks"), ("support", "0009_ledgers_share")]
    operations = [migrations.RunSQL(NOW, BEFORE)]
