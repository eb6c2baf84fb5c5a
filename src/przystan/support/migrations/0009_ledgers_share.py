"""What is closed is asked of `ledger`, which keeps the periods of both ledgers and guards their entries alike."""

import django.db.models.deletion
from django.db import migrations, models

from przystan.ledger.guards import guarded

# Words, times of day and marks: no figure is made of them.
FREE = (
    "starts_at place next_step next_step_on next_step_done_at next_step_done_by_id correction_reason protected form_token"
    " version"
)
PART = """
CREATE OR REPLACE FUNCTION support_guard_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entry support_support%ROWTYPE;
BEGIN
    SELECT * INTO entry FROM support_support WHERE id = COALESCE(NEW.support_id, OLD.support_id);
    IF {closed}(entry.organisation_id, entry.booked_on) THEN
        -- A merge of two records of one person moves the row; what was given does not change.
        IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'support_supportperson' AND NEW.support_id = OLD.support_id THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'the period of support % is closed', entry.ref
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = '{name}';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
"""
NOW, BEFORE = (
    PART.replace("{closed}", closed).replace("{name}", name)
    for closed, name in [("ledger_is_closed", "ledger_period_closed"), ("support_is_closed", "support_period_closed")]
)
GONE = "DROP TRIGGER support_guard ON support_support; DROP FUNCTION support_guard_entry()"
AGAIN = """
CREATE FUNCTION support_guard_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND support_is_closed(OLD.organisation_id, OLD.booked_on)
       AND (TG_OP = 'DELETE'
            OR (OLD.point_id, OLD.service_id, OLD.staff_id, OLD.kind, OLD.sign, OLD.day, OLD.booked_on, OLD.minutes,
                OLD.headcount, OLD.mode, OLD.language, OLD.interpreter, OLD.outcome, OLD.gathering_id)
            IS DISTINCT FROM
               (NEW.point_id, NEW.service_id, NEW.staff_id, NEW.kind, NEW.sign, NEW.day, NEW.booked_on, NEW.minutes,
                NEW.headcount, NEW.mode, NEW.language, NEW.interpreter, NEW.outcome, NEW.gathering_id))
    THEN
        RAISE EXCEPTION 'the period of support % is closed', OLD.ref USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'support_period_closed';
    END IF;
    IF TG_OP <> 'DELETE' AND support_is_closed(NEW.organisation_id, NEW.booked_on)
       AND (TG_OP = 'INSERT' OR OLD.booked_on <> NEW.booked_on)
    THEN
        RAISE EXCEPTION 'the period of % is closed', NEW.booked_on USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'support_period_closed';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE TRIGGER support_guard BEFORE INSERT OR UPDATE OR DELETE ON support_support
    FOR EACH ROW EXECUTE FUNCTION support_guard_entry();
"""


class Migration(migrations.Migration):
    dependencies = [("support", "0008_written_together"), ("ledger", "0001_initial")]
    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="LedgerPeriod")]),
        migrations.AlterField(  # in words only: each ledger calls its own by its name
            "support",
            "organisation",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="team.organisation"
            ),
        ),
        migrations.RunSQL(NOW, BEFORE),
        migrations.RunSQL(GONE, AGAIN),
        guarded("support_support", FREE),
    ]
