"""Papers say what they said, hours are confirmed by another, both under the name of whoever acts: by the database, too."""

from django.db import migrations

from przystan.access.locks import narrow

ADDED = "(SELECT app_purpose()) = 'system' OR (by_id = (SELECT app_uid()) AND struck_at IS NULL)"
PROOFS = (
    "(SELECT app_purpose()) = 'system' OR (to_jsonb(NEW) - '{struck_at,struck_by_id}'::text[] = to_jsonb(OLD) -"
    " '{struck_at,struck_by_id}'::text[] AND OLD.struck_at IS NULL AND (NEW.struck_by_id IS NOT DISTINCT FROM"
    ' OLD.struck_by_id OR (OLD.struck_by_id IS NULL AND NEW.struck_by_id = app_uid())))'
)
AGREEMENTS = (
    "(SELECT app_purpose()) = 'system' OR (to_jsonb(NEW) - '{struck_at,struck_by_id,valid_to}'::text[] ="
    " to_jsonb(OLD) - '{struck_at,struck_by_id,valid_to}'::text[] AND OLD.struck_at IS NULL AND (NEW.struck_by_id"
    ' IS NOT DISTINCT FROM OLD.struck_by_id OR (OLD.struck_by_id IS NULL AND NEW.struck_by_id = app_uid())) AND'
    ' (NEW.valid_to IS NOT DISTINCT FROM OLD.valid_to OR OLD.valid_to IS NULL OR NEW.valid_to < OLD.valid_to))'
)
HOURS = (
    "(SELECT app_purpose()) = 'system' OR (to_jsonb(NEW) -"
    " '{link_id,confirmed_at,confirmed_by_id,confirmed_how}'::text[] = to_jsonb(OLD) -"
    " '{link_id,confirmed_at,confirmed_by_id,confirmed_how}'::text[] AND NEW.noted_by_id IS NOT DISTINCT FROM"
    ' OLD.noted_by_id AND (NEW.confirmed_by_id IS NOT DISTINCT FROM OLD.confirmed_by_id OR (OLD.confirmed_by_id IS'
    ' NULL AND NEW.confirmed_by_id = app_uid() AND NEW.noted_by_id IS DISTINCT FROM app_uid())) AND'
    ' (NEW.confirmed_at IS NOT DISTINCT FROM OLD.confirmed_at AND NEW.confirmed_by_id IS NOT DISTINCT FROM'
    ' OLD.confirmed_by_id AND NEW.confirmed_how IS NOT DISTINCT FROM OLD.confirmed_how OR (OLD.confirmed_at IS'
    " NULL AND (NEW.confirmed_how = 'account' OR (NEW.confirmed_how = 'link' AND NEW.link_id = app_link())))) AND"
    ' (NEW.link_id IS NOT DISTINCT FROM OLD.link_id OR NEW.link_id IS NULL OR EXISTS (SELECT 1 FROM links_link l'
    ' WHERE l.id = NEW.link_id AND l.by_id = app_uid() AND l.by_id IS DISTINCT FROM NEW.noted_by_id)))'
)


class Migration(migrations.Migration):
    dependencies = [('staff', '0008_rules_of_each'), ('links', '0001_initial')]
    operations = [
        narrow('staff_proof', added=ADDED, changed=PROOFS),
        narrow('staff_agreement', added=ADDED, changed=AGREEMENTS),
        narrow('staff_hour', changed=HOURS),
    ]
