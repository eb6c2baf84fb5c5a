"""An erasure is confirmed when it is, not before."""

from django.db import migrations

from przystan.access.locks import renarrow

ADDED = (
    "(SELECT app_purpose()) = 'system' OR (asked_by_id = (SELECT app_uid()) AND confirmed_at IS NULL AND state = "
    "'waiting')"
)
REMOVED = (
    "(SELECT app_purpose()) = 'system'"
)
CHANGED = (
    "(SELECT app_purpose()) = 'system' OR (NEW.person_ref IS NOT DISTINCT FROM OLD.person_ref AND NEW.model IS "
    'NOT DISTINCT FROM OLD.model AND NEW.object_ref IS NOT DISTINCT FROM OLD.object_ref AND NEW.scope IS NOT '
    'DISTINCT FROM OLD.scope AND NEW.cause IS NOT DISTINCT FROM OLD.cause AND NEW.asked_by_id IS NOT DISTINCT '
    'FROM OLD.asked_by_id AND (NEW.confirmed_by_id IS NOT DISTINCT FROM OLD.confirmed_by_id AND NEW.confirmed_at '
    'IS NOT DISTINCT FROM OLD.confirmed_at OR (OLD.confirmed_by_id IS NULL AND NEW.confirmed_by_id = app_uid() '
    'AND NEW.asked_by_id IS DISTINCT FROM app_uid() AND OLD.confirmed_at IS NULL AND abs(extract(epoch FROM '
    'NEW.confirmed_at - statement_timestamp())) < 60)) AND (NEW.state IS NOT DISTINCT FROM OLD.state OR '
    "(OLD.state = 'waiting' AND (NEW.state <> 'done' OR NEW.confirmed_by_id = app_uid()))))"
)


class Migration(migrations.Migration):
    dependencies = [('privacy', '0009_by_two')]
    operations = [renarrow('privacy_erasure', added=ADDED, removed=REMOVED, changed=CHANGED)]
