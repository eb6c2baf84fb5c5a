"""Rules belong to nobody, as shipped, or to one organisation, whose own rows hold in place of others; the database keeps
them from being written otherwise."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from przystan.access.locks import lock, narrow

OWN = '(organisation_id = (SELECT app_org()) OR (SELECT app_reaches_all()))'
SYSTEM = "(SELECT app_purpose()) = 'system'"
UID = '(SELECT app_uid())'
WHOSE = f'({SYSTEM} OR NEW.organisation_id IS NOT DISTINCT FROM OLD.organisation_id)'
SAME = "to_jsonb(NEW) - '{confirmed_at,confirmed_by_id}'::text[] = to_jsonb(OLD) - '{confirmed_at,confirmed_by_id}'::text[]"
SIGNED = (
    'NEW.asked_by_id IS NOT DISTINCT FROM OLD.asked_by_id AND (NEW.confirmed_by_id IS NOT DISTINCT FROM OLD.confirmed_by_id'
    ' OR (OLD.confirmed_by_id IS NULL AND NEW.confirmed_by_id = app_uid() AND NEW.asked_by_id IS DISTINCT FROM app_uid()))'
)
ADDED = f'{SYSTEM} OR (asked_by_id = {UID} AND confirmed_at IS NULL AND app_leads_all())'
REMOVED = f'{OWN} AND ({SYSTEM} OR (confirmed_at IS NULL AND (asked_by_id = {UID} OR app_leads_all())))'
CHANGED = f'{WHOSE} AND ({SYSTEM} OR ({SAME} AND {SIGNED} AND app_leads_all()))'
TABLES = ('staff_agreementrule', 'staff_proofrule')

# Rows that somebody asked for belong to who asked. A shipped row that such a change had ended holds again, as it would
# have without it: what takes its place says so by its first day.
WHOSE_THEY_ARE = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE {table} r SET organisation_id = (
    SELECT m.organisation_id FROM team_membership m WHERE m.user_id = r.asked_by_id ORDER BY m.id LIMIT 1
) WHERE r.asked_by_id IS NOT NULL;
WITH RECURSIVE chain AS (
    SELECT id AS place, id, valid_from, valid_to FROM {table} WHERE asked_by_id IS NULL
    UNION ALL
    SELECT c.place, r.id, r.valid_from, r.valid_to FROM {table} r JOIN chain c ON r.replaces_id = c.id
    WHERE r.confirmed_at IS NOT NULL
), newest AS (
    SELECT DISTINCT ON (place) place, id, valid_to FROM chain ORDER BY place, valid_from DESC NULLS LAST
)
UPDATE {table} r SET valid_to = newest.valid_to FROM newest WHERE newest.place = r.id AND newest.id <> r.id;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0009_bearers'),
        ('staff', '0007_rules_by_two'),
        ('team', '0003_own_functions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='agreementrule',
            name='staff_agreementrule_asked_whole',
        ),
        migrations.RemoveConstraint(
            model_name='proofrule',
            name='staff_proofrule_asked_whole',
        ),
        migrations.AddField(
            model_name='agreementrule',
            name='organisation',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.organisation'),
        ),
        migrations.AddField(
            model_name='proofrule',
            name='organisation',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.organisation'),
        ),
        *(migrations.RunSQL(WHOSE_THEY_ARE.format(table=table), migrations.RunSQL.noop) for table in TABLES),
        migrations.AddConstraint(
            model_name='agreementrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asked_at', None), ('asked_by', None), ('organisation', None), ('replaces', None)), models.Q(('asked_at__isnull', False), ('asked_by__isnull', False), ('organisation__isnull', False), ('replaces__isnull', False), ('valid_from__isnull', False)), _connector='OR'), name='staff_agreementrule_asked_whole'),
        ),
        migrations.AddConstraint(
            model_name='agreementrule',
            constraint=models.UniqueConstraint(condition=models.Q(('confirmed_at', None)), fields=('organisation', 'replaces'), name='staff_agreementrule_asked_once', violation_error_message='Another change of this rule waits for a second person. Confirm or withdraw it first.'),
        ),
        migrations.AddConstraint(
            model_name='proofrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asked_at', None), ('asked_by', None), ('organisation', None), ('replaces', None)), models.Q(('asked_at__isnull', False), ('asked_by__isnull', False), ('organisation__isnull', False), ('replaces__isnull', False), ('valid_from__isnull', False)), _connector='OR'), name='staff_proofrule_asked_whole'),
        ),
        migrations.AddConstraint(
            model_name='proofrule',
            constraint=models.UniqueConstraint(condition=models.Q(('confirmed_at', None)), fields=('organisation', 'replaces'), name='staff_proofrule_asked_once', violation_error_message='Another change of this rule waits for a second person. Confirm or withdraw it first.'),
        ),
        *(lock(table, f'organisation_id IS NULL OR {OWN}', OWN) for table in TABLES),
        *(narrow(table, added=ADDED, removed=REMOVED, changed=CHANGED) for table in TABLES),
    ]
