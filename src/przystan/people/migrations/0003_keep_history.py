"""Triggers that keep what facts said before. `app.history` = 'off' stops them while somebody is protected or erased."""

from django.db import migrations

TABLES = (
    "people_personname", "people_channel", "people_citizenship", "people_titleheld", "people_dwelling",
    "people_personlanguage", "people_householdmember", "people_relation", "people_consent",
)  # fmt: skip
# Made of others, or no fact: who reads the timeline needs none of them.
LEFT_OUT = "'{person_id,keys,folded,script,digits,finder,identity,birth_from,birth_to,arrived_from,arrived_to}'::text[]"
KEEP = f"""
CREATE FUNCTION people_keep_before() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_row jsonb := to_jsonb(OLD) - {LEFT_OUT};
    whose bigint := CASE WHEN TG_TABLE_NAME = 'people_person' THEN OLD.id ELSE (to_jsonb(OLD)->>'person_id')::bigint END;
    changed jsonb := old_row;
BEGIN
    IF current_setting('app.history', true) = 'off' THEN RETURN NULL; END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(key, value) INTO changed FROM jsonb_each(old_row)
        WHERE to_jsonb(NEW)->key IS DISTINCT FROM value;
        IF changed IS NULL THEN RETURN NULL; END IF;
    ELSIF NOT EXISTS (SELECT 1 FROM people_person WHERE id = whose) THEN
        RETURN NULL;
    END IF;
    INSERT INTO people_factbefore (person_id, "table", "row", gone, before, at, by_id)
    VALUES (whose, TG_TABLE_NAME, OLD.id, TG_OP = 'DELETE', changed, now(), app_uid());
    RETURN NULL;
END $$;
"""  # noqa: S608 - of constants
TRIGGER = "CREATE TRIGGER keep_before AFTER {on} ON {table} FOR EACH ROW EXECUTE FUNCTION people_keep_before();"


class Migration(migrations.Migration):
    dependencies = [("people", "0002_locks")]
    operations = [
        migrations.RunSQL(
            KEEP
            + TRIGGER.format(on="UPDATE", table="people_person")
            + "".join(TRIGGER.format(on="UPDATE OR DELETE", table=table) for table in TABLES),
            "".join(f"DROP TRIGGER keep_before ON {table};" for table in ("people_person", *TABLES))
            + "DROP FUNCTION people_keep_before();",
        ),
    ]
