"""Shipped times to keep are nobody's to change; an erasure is asked for and confirmed by whoever acts, and by two."""

from django.db import migrations

from przystan.access.locks import narrow, relock

OWN = '(organisation_id = (SELECT app_org()) OR (SELECT app_reaches_all()))'
SEEN = 'organisation_id IS NULL OR (organisation_id = (SELECT app_org()) OR (SELECT app_reaches_all()))'
WHOSE = "((SELECT app_purpose()) = 'system' OR NEW.organisation_id IS NOT DISTINCT FROM OLD.organisation_id)"
SYSTEM = "(SELECT app_purpose()) = 'system'"
ADDED = (
    "(SELECT app_purpose()) = 'system' OR (asked_by_id = (SELECT app_uid()) AND confirmed_at IS NULL AND state ="
    " 'waiting')"
)
CHANGED = (
    "(SELECT app_purpose()) = 'system' OR (NEW.person_ref IS NOT DISTINCT FROM OLD.person_ref AND NEW.model IS"
    ' NOT DISTINCT FROM OLD.model AND NEW.object_ref IS NOT DISTINCT FROM OLD.object_ref AND NEW.scope IS NOT'
    ' DISTINCT FROM OLD.scope AND NEW.cause IS NOT DISTINCT FROM OLD.cause AND NEW.asked_by_id IS NOT DISTINCT'
    ' FROM OLD.asked_by_id AND (NEW.confirmed_by_id IS NOT DISTINCT FROM OLD.confirmed_by_id OR'
    ' (OLD.confirmed_by_id IS NULL AND NEW.confirmed_by_id = app_uid() AND NEW.asked_by_id IS DISTINCT FROM'
    " app_uid())) AND (NEW.state IS NOT DISTINCT FROM OLD.state OR (OLD.state = 'waiting' AND (NEW.state <> 'done'"
    ' OR NEW.confirmed_by_id = app_uid()))))'
)


class Migration(migrations.Migration):
    dependencies = [('privacy', '0008_rights_of_staff'), ('access', '0010_looks_by_two')]
    operations = [
        relock('privacy_retentionrule', SEEN, SEEN, written=OWN),
        narrow('privacy_retentionrule', removed=OWN, changed=WHOSE),
        narrow('privacy_erasure', added=ADDED, removed=SYSTEM, changed=CHANGED),
    ]
