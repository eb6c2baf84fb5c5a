"""What is given to a protected person is marked by the database itself, whoever writes it."""

from django.db import migrations

TRIGGERS = """
CREATE FUNCTION support_mark_recipient() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.protected := coalesce((SELECT p.protected FROM people_person p WHERE p.id = NEW.person_id), NEW.protected);
    RETURN NEW;
END $$;
CREATE TRIGGER support_mark_recipient BEFORE INSERT OR UPDATE OF person_id ON support_supportperson
    FOR EACH ROW EXECUTE FUNCTION support_mark_recipient();

-- An entry is hidden as a whole when it is about nobody else; in a group only the recipient is.
CREATE FUNCTION support_mark_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE support_support s SET protected = NEW.protected
    WHERE s.id = NEW.support_id AND s.protected <> NEW.protected AND (NOT NEW.protected OR NOT EXISTS (
        SELECT 1 FROM support_supportperson o WHERE o.support_id = s.id AND NOT o.protected
    ) AND s.headcount <= (SELECT count(*) FROM support_supportperson o WHERE o.support_id = s.id));
    RETURN NULL;
END $$;
CREATE TRIGGER support_mark_new_entry AFTER INSERT ON support_supportperson
    FOR EACH ROW WHEN (NEW.protected) EXECUTE FUNCTION support_mark_entry();
CREATE TRIGGER support_mark_entry AFTER UPDATE ON support_supportperson
    FOR EACH ROW WHEN (NEW.protected IS DISTINCT FROM OLD.protected) EXECUTE FUNCTION support_mark_entry();

CREATE FUNCTION support_follow_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE support_supportperson SET protected = NEW.protected WHERE person_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER support_follow_person AFTER UPDATE ON people_person
    FOR EACH ROW WHEN (NEW.protected IS DISTINCT FROM OLD.protected) EXECUTE FUNCTION support_follow_person();
"""
UNDO = """
DROP TRIGGER support_follow_person ON people_person;
DROP TRIGGER support_mark_entry ON support_supportperson;
DROP TRIGGER support_mark_new_entry ON support_supportperson;
DROP TRIGGER support_mark_recipient ON support_supportperson;
DROP FUNCTION support_follow_person(); DROP FUNCTION support_mark_entry(); DROP FUNCTION support_mark_recipient();
"""


class Migration(migrations.Migration):
    dependencies = [("support", "0003_locks")]
    operations = [migrations.RunSQL(TRIGGERS, UNDO)]
