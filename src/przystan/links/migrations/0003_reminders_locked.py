"""A reminder is made by the job, sent in one's own name, and never lost."""

from django.db import migrations

from przystan.access.locks import narrow

ADDED = (
    "(SELECT app_purpose()) = 'system'"
)
REMOVED = (
    "(SELECT app_purpose()) = 'system' OR EXISTS (SELECT 1 FROM links_link x WHERE x.id = link_id AND x.by_id = "
    '(SELECT app_uid()))'
)
CHANGED = (
    "(SELECT app_purpose()) = 'system' OR (NEW.link_id IS NOT DISTINCT FROM OLD.link_id AND NEW.number IS NOT "
    'DISTINCT FROM OLD.number AND NEW.due_at IS NOT DISTINCT FROM OLD.due_at AND (NEW.done_at IS NOT DISTINCT '
    'FROM OLD.done_at AND NEW.done_by_id IS NOT DISTINCT FROM OLD.done_by_id OR (OLD.done_at IS NULL AND '
    'abs(extract(epoch FROM NEW.done_at - statement_timestamp())) < 60 AND (NEW.done_by_id IS NULL OR '
    'NEW.done_by_id = app_uid()))))'
)


class Migration(migrations.Migration):
    dependencies = [('links', '0002_links_locked')]
    operations = [narrow('links_reminder', added=ADDED, removed=REMOVED, changed=CHANGED)]
