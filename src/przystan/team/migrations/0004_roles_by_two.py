"""Roles and new passwords that take two people take two in the database as well."""

from django.db import migrations

from przystan.access.locks import lock, narrow

MEMBERSHIP_ADDED = (
    "(SELECT app_purpose()) = 'system' OR ((organisation_id = (SELECT app_org()) OR (SELECT "
    'app_reaches_all())) AND user_id IS DISTINCT FROM (SELECT app_uid()) AND confirmed_by_id IS NULL AND '
    '(asked_by_id IS NULL OR asked_by_id = (SELECT app_uid())))'
)
MEMBERSHIP_REMOVED = (
    "(SELECT app_purpose()) = 'system' OR ((organisation_id = (SELECT app_org()) OR (SELECT "
    'app_reaches_all())) AND user_id IS DISTINCT FROM (SELECT app_uid()))'
)
MEMBERSHIP_CHANGED = (
    "(SELECT app_purpose()) = 'system' OR (OLD.organisation_id = app_org() AND OLD.user_id IS DISTINCT FROM "
    "app_uid() AND to_jsonb(NEW) - '{confirmed_by_id,valid_from,valid_to}'::text[] = to_jsonb(OLD) - "
    "'{confirmed_by_id,valid_from,valid_to}'::text[] AND NEW.asked_by_id IS NOT DISTINCT FROM OLD.asked_by_id"
    ' AND (NEW.confirmed_by_id IS NOT DISTINCT FROM OLD.confirmed_by_id OR (OLD.confirmed_by_id IS NULL AND '
    'NEW.confirmed_by_id = app_uid() AND NEW.asked_by_id IS DISTINCT FROM app_uid())) AND (NEW.valid_from IS '
    'NOT DISTINCT FROM OLD.valid_from OR (NEW.valid_to IS NOT DISTINCT FROM OLD.valid_to AND '
    'OLD.confirmed_by_id IS NULL AND NEW.confirmed_by_id = app_uid())) AND (NEW.valid_to IS NOT DISTINCT FROM'
    ' OLD.valid_to OR OLD.valid_to IS NULL OR NEW.valid_to < OLD.valid_to))'
)
LOGINRESET_ADDED = (
    "(SELECT app_purpose()) = 'system' OR (asked_by_id = (SELECT app_uid()) AND user_id IS DISTINCT FROM "
    '(SELECT app_uid()) AND confirmed_by_id IS NULL)'
)
LOGINRESET_CHANGED = (
    "(SELECT app_purpose()) = 'system' OR (to_jsonb(NEW) - '{confirmed_by_id,confirmed_at}'::text[] = "
    "to_jsonb(OLD) - '{confirmed_by_id,confirmed_at}'::text[] AND NEW.asked_by_id IS NOT DISTINCT FROM "
    'OLD.asked_by_id AND NEW.user_id IS NOT DISTINCT FROM OLD.user_id AND (NEW.confirmed_by_id IS NOT '
    'DISTINCT FROM OLD.confirmed_by_id AND NEW.confirmed_at IS NOT DISTINCT FROM OLD.confirmed_at OR '
    '(OLD.confirmed_by_id IS NULL AND NEW.confirmed_by_id = app_uid() AND NEW.asked_by_id IS DISTINCT FROM '
    'app_uid() AND NEW.user_id IS DISTINCT FROM app_uid() AND OLD.confirmed_at IS NULL AND abs(extract(epoch '
    'FROM NEW.confirmed_at - statement_timestamp())) < 60)))'
)


class Migration(migrations.Migration):
    dependencies = [('team', '0003_own_functions'), ('access', '0009_bearers')]
    operations = [
        lock('team_membership', 'true'),
        narrow('team_membership', added=MEMBERSHIP_ADDED, removed=MEMBERSHIP_REMOVED, changed=MEMBERSHIP_CHANGED),
        lock('team_loginreset', '(organisation_id = (SELECT app_org()) OR (SELECT app_reaches_all()))'),
        narrow('team_loginreset', added=LOGINRESET_ADDED, changed=LOGINRESET_CHANGED),
    ]
