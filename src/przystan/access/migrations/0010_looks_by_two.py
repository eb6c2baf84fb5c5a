"""An emergency look is opened, approved and looked at afterwards by whoever acts, and never by who asked for it."""

from django.db import migrations

from przystan.access.locks import narrow

LOOKS = (
    "(SELECT app_purpose()) = 'system' OR (NEW.user_id IS NOT DISTINCT FROM OLD.user_id AND (NEW.reviewed_by_id"
    ' IS NOT DISTINCT FROM OLD.reviewed_by_id OR (OLD.reviewed_by_id IS NULL AND NEW.reviewed_by_id = app_uid()'
    ' AND NEW.user_id IS DISTINCT FROM app_uid())) AND (NEW.user_id IS DISTINCT FROM app_uid() OR (NEW.tier IS NOT'
    ' DISTINCT FROM OLD.tier AND (NEW.opened_at IS NOT DISTINCT FROM OLD.opened_at OR OLD.tier = 2))))'
)
ADDED = (
    "(SELECT app_purpose()) = 'system' OR (by_id = (SELECT app_uid()) AND NOT (EXISTS (SELECT 1 FROM access_glass"
    ' g WHERE g.id = glass_id AND g.user_id = by_id)))'
)
APPROVALS = (
    "(SELECT app_purpose()) = 'system' OR (NEW.glass_id IS NOT DISTINCT FROM OLD.glass_id AND NEW.by_id IS NOT"
    ' DISTINCT FROM OLD.by_id)'
)


class Migration(migrations.Migration):
    dependencies = [('access', '0009_bearers')]
    operations = [
        narrow('access_glass', changed=LOOKS),
        narrow('access_glassapproval', added=ADDED, changed=APPROVALS),
    ]
