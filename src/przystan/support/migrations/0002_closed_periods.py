"""A record of a closed period is never edited: the database says so, whoever asks."""

from django.db import migrations

GUARD = """
CREATE FUNCTION support_is_closed(organisation bigint, day date) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM support_ledgerperiod p
        WHERE p.organisation_id = organisation AND day BETWEEN p.starts AND p.ends
    )
$$;

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

CREATE FUNCTION support_guard_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entry support_support%ROWTYPE;
BEGIN
    SELECT * INTO entry FROM support_support WHERE id = COALESCE(NEW.support_id, OLD.support_id);
    IF support_is_closed(entry.organisation_id, entry.booked_on) THEN
        -- A merge of two records of one person moves the row; what was given does not change.
        IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'support_supportperson' AND NEW.support_id = OLD.support_id THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'the period of support % is closed', entry.ref
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'support_period_closed';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE TRIGGER support_guard_person BEFORE INSERT OR UPDATE OR DELETE ON support_supportperson
    FOR EACH ROW EXECUTE FUNCTION support_guard_part();
CREATE TRIGGER support_guard_topic BEFORE INSERT OR UPDATE OR DELETE ON support_supporttopic
    FOR EACH ROW EXECUTE FUNCTION support_guard_part();
"""

UNDO = """
DROP TRIGGER support_guard ON support_support;
DROP TRIGGER support_guard_person ON support_supportperson;
DROP TRIGGER support_guard_topic ON support_supporttopic;
DROP FUNCTION support_guard_part();
DROP FUNCTION support_guard_entry();
DROP FUNCTION support_is_closed(bigint, date);
"""


class Migration(migrations.Migration):
    dependencies = [("support", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNDO)]
