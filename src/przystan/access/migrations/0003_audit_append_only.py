"""Audit rows are only ever added: the owner of the table is refused too, as long as the triggers stand.

An organisation reads its own; the system reads all, as the chain goes through all.
"""

from django.db import migrations

from przystan.access.locks import OWN, SOMEBODY, lock

GUARD = """
CREATE FUNCTION access_audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of the audit log are never changed or removed'
        USING ERRCODE = 'insufficient_privilege', TABLE = 'access_auditentry';
END $$;

CREATE TRIGGER access_audit_no_edit BEFORE UPDATE OR DELETE ON access_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION access_audit_is_kept();
CREATE TRIGGER access_audit_no_truncate BEFORE TRUNCATE ON access_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION access_audit_is_kept();
-- Also where a restore or a replica has switched ordinary triggers off.
ALTER TABLE access_auditentry ENABLE ALWAYS TRIGGER access_audit_no_edit;
ALTER TABLE access_auditentry ENABLE ALWAYS TRIGGER access_audit_no_truncate;
"""

UNDO = """
DROP TRIGGER access_audit_no_edit ON access_auditentry;
DROP TRIGGER access_audit_no_truncate ON access_auditentry;
DROP FUNCTION access_audit_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0002_locks")]
    operations = [migrations.RunSQL(GUARD, UNDO), lock("access_auditentry", OWN, written=SOMEBODY)]
