"""Results of closed periods stay, those of protected people are marked, and what results said before is kept."""

from django.db import migrations

from przystan.access.history import keeper, kept
from przystan.ledger.guards import guarded

INTO = "results_resultbefore"
# Words and marks: no figure is made of them. A merge of two records of one person moves a row.
FREE = "person_id evidence correction_reason protected form_token version"
# Made by the machine, never amended, or a mark of the database's own.
LEFT_OUT = (
    "organisation_id ref sign booked_on reverses_id correction_reason protected form_token version created_at"
    " created_by_id"
)
# What is about a protected person is marked by the database itself, whoever writes it.
MARKED = """
CREATE FUNCTION results_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.protected := NEW.person_id IS NOT NULL
        AND coalesce((SELECT p.protected FROM people_person p WHERE p.id = NEW.person_id), NEW.protected);
    RETURN NEW;
END $$;
CREATE TRIGGER results_mark BEFORE INSERT OR UPDATE OF person_id ON results_result
    FOR EACH ROW EXECUTE FUNCTION results_mark();

CREATE FUNCTION results_follow_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE results_result SET protected = NEW.protected WHERE person_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER results_follow_person AFTER UPDATE ON people_person
    FOR EACH ROW WHEN (NEW.protected IS DISTINCT FROM OLD.protected) EXECUTE FUNCTION results_follow_person();
"""
UNMARKED = """
DROP TRIGGER results_follow_person ON people_person; DROP TRIGGER results_mark ON results_result;
DROP FUNCTION results_follow_person(); DROP FUNCTION results_mark();
"""
# Whoever is protected or erased takes along the earlier words of every result that is, or once was, about them.
FORGET = """
CREATE FUNCTION results_forget_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM results_resultbefore WHERE result_id IN (
        SELECT r.id FROM results_result r WHERE r.person_id = NEW.id
        UNION SELECT e.result_id FROM results_resultbefore e WHERE e.before->>'person_id' IN (
            SELECT p.id::text FROM people_person p WHERE p.id = NEW.id OR p.merged_into_id = NEW.id));
    RETURN NULL;
END $$;
CREATE TRIGGER results_forget_changes AFTER UPDATE ON people_person FOR EACH ROW
    WHEN (NEW.protected AND NOT OLD.protected OR NEW.erased_at IS NOT NULL AND OLD.erased_at IS NULL)
    EXECUTE FUNCTION results_forget_changes();
"""
REMEMBER = "DROP TRIGGER results_forget_changes ON people_person; DROP FUNCTION results_forget_changes()"


class Migration(migrations.Migration):
    dependencies = [("results", "0001_initial"), ("ledger", "0001_initial"), ("people", "0002_locks")]
    operations = [
        guarded("results_result", FREE),
        migrations.RunSQL(MARKED, UNMARKED),
        keeper(INTO, owner="result_id", parent="results_result", left_out=LEFT_OUT),
        # Nobody may learn from an earlier wording that a protected person was here.
        kept("results_result", INTO, "id", on="UPDATE", when="NOT OLD.protected"),
        migrations.RunSQL(FORGET, REMEMBER),
    ]
