"""A link is made in one's own name, and what becomes of it its states say: by the database, too."""

from django.db import migrations

from przystan.access.locks import narrow

ADDED = (
    "(SELECT app_purpose()) = 'system' OR by_id = (SELECT app_uid())"
)
REMOVED = "(SELECT app_purpose()) = 'system'"
CHANGED = (
    "(SELECT app_purpose()) = 'system' OR (OLD.digest = app_held() AND to_jsonb(NEW) - "
    "'{opened_at,answered_at,used,wrong_codes}'::text[] = to_jsonb(OLD) - "
    "'{opened_at,answered_at,used,wrong_codes}'::text[]) OR (to_jsonb(NEW) - "
    "'{digest,code,revoked_at,revoked_by_id}'::text[] = to_jsonb(OLD) - "
    "'{digest,code,revoked_at,revoked_by_id}'::text[] AND NEW.revoked_at IS NOT NULL AND (NEW.revoked_by_id "
    "IS NOT DISTINCT FROM OLD.revoked_by_id AND NEW.revoked_at IS NOT DISTINCT FROM OLD.revoked_at OR "
    "(OLD.revoked_by_id IS NULL AND NEW.revoked_by_id = app_uid() AND OLD.revoked_at IS NULL AND "
    "abs(extract(epoch FROM NEW.revoked_at - statement_timestamp())) < 60))) OR (to_jsonb(NEW) - "
    "'{digest,code,language,uses,wrong_codes,by_id,made_at,expires_at,opened_at,silent_at}'::text[] = "
    "to_jsonb(OLD) - "
    "'{digest,code,language,uses,wrong_codes,by_id,made_at,expires_at,opened_at,silent_at}'::text[] AND "
    "NEW.by_id = app_uid() AND OLD.used = 0 AND OLD.revoked_at IS NULL)"
)


class Migration(migrations.Migration):
    dependencies = [('links', '0001_initial')]
    operations = [narrow('links_link', added=ADDED, removed=REMOVED, changed=CHANGED)]
