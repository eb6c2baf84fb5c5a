"""What entries of open periods said before they were amended, under the lock of the entry itself."""

from django.db import migrations

from przystan.access.history import keeper, kept
from przystan.access.locks import SOMEBODY, lock

INTO = "support_entrybefore"
# Counted or made by the machine, never amended, or a mark of the database's own.
LEFT_OUT = (
    "support_id organisation_id ref kind sign booked_on gathering_id reverses_id correction_reason protected form_token"
    " version created_at created_by_id next_step_done_at next_step_done_by_id"
)
SHOWN = "EXISTS (SELECT 1 FROM support_support s WHERE s.id = support_id)"
# Whoever is protected or erased takes along the earlier words of every entry that is, or once was, about them.
FORGET = """
CREATE FUNCTION support_forget_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM support_entrybefore WHERE support_id IN (
        SELECT r.support_id FROM support_supportperson r WHERE r.person_id = NEW.id
        UNION SELECT e.support_id FROM support_entrybefore e
        WHERE e."table" = 'support_supportperson' AND e.before->>'person_id' IN (
            SELECT p.id::text FROM people_person p WHERE p.id = NEW.id OR p.merged_into_id = NEW.id));
    RETURN NULL;
END $$;
CREATE TRIGGER support_forget_changes AFTER UPDATE ON people_person FOR EACH ROW
    WHEN (NEW.protected AND NOT OLD.protected OR NEW.erased_at IS NOT NULL AND OLD.erased_at IS NULL)
    EXECUTE FUNCTION support_forget_changes();
"""
REMEMBER = "DROP TRIGGER support_forget_changes ON people_person; DROP FUNCTION support_forget_changes()"


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0004_protected"),
        ("people", "0002_locks"),
    ]
    operations = [
        lock(INTO, SHOWN, written=SOMEBODY),
        keeper(INTO, owner="support_id", parent="support_support", left_out=LEFT_OUT),
        kept("support_support", INTO, "id", on="UPDATE"),
        # Nobody may learn from an earlier wording that a protected person was here.
        kept("support_supportperson", INTO, "support_id", when="NOT OLD.protected"),
        kept("support_supporttopic", INTO, "support_id"),
        migrations.RunSQL(FORGET, REMEMBER),
    ]
