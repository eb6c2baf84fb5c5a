"""An emergency key is asked for by one and put in force by another."""

from django.db import migrations

from przystan.access.locks import lock, narrow

ESCROW_ADDED = (
    "(SELECT app_purpose()) = 'system' OR (asked_by_id = (SELECT app_uid()) AND confirmed_by_id IS NULL)"
)
ESCROW_CHANGED = (
    "(SELECT app_purpose()) = 'system' OR (to_jsonb(NEW) - '{confirmed_by_id,confirmed_at}'::text[] = "
    "to_jsonb(OLD) - '{confirmed_by_id,confirmed_at}'::text[] AND NEW.asked_by_id IS NOT DISTINCT FROM "
    'OLD.asked_by_id AND (NEW.confirmed_by_id IS NOT DISTINCT FROM OLD.confirmed_by_id AND NEW.confirmed_at '
    'IS NOT DISTINCT FROM OLD.confirmed_at OR (OLD.confirmed_by_id IS NULL AND NEW.confirmed_by_id = '
    'app_uid() AND NEW.asked_by_id IS DISTINCT FROM app_uid() AND OLD.confirmed_at IS NULL AND '
    'abs(extract(epoch FROM NEW.confirmed_at - statement_timestamp())) < 60)))'
)


class Migration(migrations.Migration):
    dependencies = [('access', '0011_looks_dated')]
    operations = [
        lock('access_escrow', '(organisation_id = (SELECT app_org()) OR (SELECT app_reaches_all()))'),
        narrow('access_escrow', added=ESCROW_ADDED, changed=ESCROW_CHANGED),
    ]
