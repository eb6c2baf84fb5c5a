"""The application may let PostgreSQL look again at its tables, so that the planner forgets names that were taken out."""

from django.db import migrations

# ANALYZE is the owner's; this function is, too, and does nothing else. A table that is analysed just now is left out.
FUNCTION = """
CREATE FUNCTION app_forget_statistics(tables regclass[]) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one regclass;
BEGIN
    FOREACH one IN ARRAY tables LOOP
        EXECUTE format('ANALYZE (SKIP_LOCKED) %s', one);
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION app_forget_statistics(regclass[]) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0004_backups")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION app_forget_statistics(regclass[])")]
