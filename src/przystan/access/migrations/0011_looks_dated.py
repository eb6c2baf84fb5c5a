"""An emergency look is looked at afterwards when it is, not before."""

from django.db import migrations

from przystan.access.locks import renarrow

CHANGED = (
    "(SELECT app_purpose()) = 'system' OR (NEW.user_id IS NOT DISTINCT FROM OLD.user_id AND (NEW.reviewed_by_id "
    'IS NOT DISTINCT FROM OLD.reviewed_by_id AND NEW.reviewed_at IS NOT DISTINCT FROM OLD.reviewed_at OR '
    '(OLD.reviewed_by_id IS NULL AND NEW.reviewed_by_id = app_uid() AND NEW.user_id IS DISTINCT FROM app_uid() '
    'AND OLD.reviewed_at IS NULL AND abs(extract(epoch FROM NEW.reviewed_at - statement_timestamp())) < 60)) AND '
    '(NEW.user_id IS DISTINCT FROM app_uid() OR (NEW.tier IS NOT DISTINCT FROM OLD.tier AND (NEW.opened_at IS NOT'
    ' DISTINCT FROM OLD.opened_at OR OLD.tier = 2))))'
)


class Migration(migrations.Migration):
    dependencies = [('access', '0010_looks_by_two')]
    operations = [renarrow('access_glass', changed=CHANGED)]
