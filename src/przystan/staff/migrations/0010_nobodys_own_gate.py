"""Kinds ship and are nobody's to change; what is written about somebody is not moved away from them, nor dated back; a
counter-entry takes away what it says."""

from django.db import migrations, models

from przystan.access.locks import lock, narrow, renarrow

SYSTEM = "(SELECT app_purpose()) = 'system'"
WORKERS = (
    "((SELECT app_purpose()) = 'system' OR (OLD.user_id IS DISTINCT FROM (SELECT app_uid()) AND ((SELECT "
    "app_leads_all()) OR OLD.point_id = ANY(app_leads()))))"
)
STAYS = (
    "(SELECT app_purpose()) = 'system' OR (NEW.worker_id IS NOT DISTINCT FROM OLD.worker_id)"
)
PROOFS = (
    "(SELECT app_purpose()) = 'system' OR (to_jsonb(NEW) - '{struck_at,struck_by_id}'::text[] = to_jsonb(OLD) "
    "- '{struck_at,struck_by_id}'::text[] AND OLD.struck_at IS NULL AND (NEW.struck_by_id IS NOT DISTINCT "
    "FROM OLD.struck_by_id AND NEW.struck_at IS NOT DISTINCT FROM OLD.struck_at OR (OLD.struck_by_id IS NULL "
    "AND NEW.struck_by_id = app_uid() AND OLD.struck_at IS NULL AND abs(extract(epoch FROM NEW.struck_at - "
    "statement_timestamp())) < 60)))"
)
AGREEMENTS = (
    "(SELECT app_purpose()) = 'system' OR (to_jsonb(NEW) - '{struck_at,struck_by_id,valid_to}'::text[] = "
    "to_jsonb(OLD) - '{struck_at,struck_by_id,valid_to}'::text[] AND OLD.struck_at IS NULL AND "
    "(NEW.struck_by_id IS NOT DISTINCT FROM OLD.struck_by_id AND NEW.struck_at IS NOT DISTINCT FROM "
    "OLD.struck_at OR (OLD.struck_by_id IS NULL AND NEW.struck_by_id = app_uid() AND OLD.struck_at IS NULL "
    "AND abs(extract(epoch FROM NEW.struck_at - statement_timestamp())) < 60)) AND (NEW.valid_to IS NOT "
    "DISTINCT FROM OLD.valid_to OR OLD.valid_to IS NULL OR NEW.valid_to < OLD.valid_to))"
)
NOTED = (
    "(SELECT app_purpose()) = 'system' OR (noted_by_id = (SELECT app_uid()) AND confirmed_at IS NULL AND "
    "link_id IS NULL AND EXISTS (SELECT 1 FROM staff_worker x WHERE x.id = worker_id AND ((SELECT "
    "app_purpose()) = 'system' OR x.user_id = (SELECT app_uid()) OR (SELECT app_leads_all()) OR x.point_id = "
    "ANY(app_leads()))))"
)
HOURS = (
    "(SELECT app_purpose()) = 'system' OR (to_jsonb(NEW) - "
    "'{link_id,confirmed_at,confirmed_by_id,confirmed_how}'::text[] = to_jsonb(OLD) - "
    "'{link_id,confirmed_at,confirmed_by_id,confirmed_how}'::text[] AND NEW.noted_by_id IS NOT DISTINCT FROM "
    "OLD.noted_by_id AND (NEW.confirmed_by_id IS NOT DISTINCT FROM OLD.confirmed_by_id OR "
    "(OLD.confirmed_by_id IS NULL AND NEW.confirmed_by_id = app_uid() AND NEW.noted_by_id IS DISTINCT FROM "
    "app_uid())) AND (NEW.confirmed_at IS NOT DISTINCT FROM OLD.confirmed_at AND NEW.confirmed_by_id IS NOT "
    "DISTINCT FROM OLD.confirmed_by_id AND NEW.confirmed_how IS NOT DISTINCT FROM OLD.confirmed_how OR "
    "(OLD.confirmed_at IS NULL AND abs(extract(epoch FROM NEW.confirmed_at - statement_timestamp())) < 60 AND "
    "(NEW.confirmed_how = 'account' OR (NEW.confirmed_how = 'link' AND NEW.link_id = app_link() AND EXISTS "
    "(SELECT 1 FROM links_link l WHERE l.id = NEW.link_id AND l.by_id IS DISTINCT FROM NEW.noted_by_id))))) "
    "AND (NEW.link_id IS NOT DISTINCT FROM OLD.link_id OR NEW.link_id IS NULL OR EXISTS (SELECT 1 FROM "
    "links_link l WHERE l.id = NEW.link_id AND l.by_id = app_uid() AND l.by_id IS DISTINCT FROM "
    "NEW.noted_by_id)))"
)
RULES = (
    "((SELECT app_purpose()) = 'system' OR NEW.organisation_id IS NOT DISTINCT FROM OLD.organisation_id) AND "
    "((SELECT app_purpose()) = 'system' OR (to_jsonb(NEW) - '{confirmed_at,confirmed_by_id}'::text[] = "
    "to_jsonb(OLD) - '{confirmed_at,confirmed_by_id}'::text[] AND NEW.asked_by_id IS NOT DISTINCT FROM "
    "OLD.asked_by_id AND (NEW.confirmed_by_id IS NOT DISTINCT FROM OLD.confirmed_by_id AND NEW.confirmed_at "
    "IS NOT DISTINCT FROM OLD.confirmed_at OR (OLD.confirmed_by_id IS NULL AND NEW.confirmed_by_id = "
    "app_uid() AND NEW.asked_by_id IS DISTINCT FROM app_uid() AND OLD.confirmed_at IS NULL AND "
    "abs(extract(epoch FROM NEW.confirmed_at - statement_timestamp())) < 60)) AND app_leads_all()))"
)
KINDS = ('staff_agreementkind', 'staff_proofkind')
RULED = ('staff_agreementrule', 'staff_proofrule')
ABOUT = ('staff_countrytie', 'staff_workerlanguage', 'staff_availability')
COUNTERS = """
ALTER TABLE staff_hour ADD CONSTRAINT staff_hour_counters_its_own
    FOREIGN KEY (reverses_id, worker_id, minutes) REFERENCES staff_hour (id, worker_id, minutes)
"""
NO_COUNTERS = 'ALTER TABLE staff_hour DROP CONSTRAINT staff_hour_counters_its_own'


class Migration(migrations.Migration):
    dependencies = [('staff', '0009_said_once'), ('links', '0002_links_locked')]
    operations = [
        *(lock(table, '(SELECT app_acts())', SYSTEM) for table in KINDS),
        *(narrow(table, removed=SYSTEM) for table in KINDS),
        *(narrow(table, changed=STAYS) for table in ABOUT),
        narrow('staff_worker', changed=WORKERS),
        renarrow('staff_proof', changed=PROOFS),
        renarrow('staff_agreement', changed=AGREEMENTS),
        renarrow('staff_hour', added=NOTED, changed=HOURS),
        *(renarrow(table, changed=RULES) for table in RULED),
        migrations.AddConstraint(
            model_name='hour',
            constraint=models.UniqueConstraint(fields=('id', 'worker', 'minutes'), name='staff_hour_of_worker'),
        ),
        migrations.RunSQL(COUNTERS, NO_COUNTERS),
    ]
