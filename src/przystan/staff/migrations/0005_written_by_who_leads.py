from django.db import migrations

from przystan.access.locks import narrow, relock

OWN = '(organisation_id = (SELECT app_org()) OR (SELECT app_reaches_all()))'
SYSTEM = "(SELECT app_purpose()) = 'system'"
UID = '(SELECT app_uid())'
NEAR = f'x.user_id = {UID} OR (SELECT app_leads_all()) OR x.point_id = ANY(app_leads())'
LED = '({s} OR ({x}user_id IS DISTINCT FROM {u} AND ((SELECT app_leads_all()) OR {x}point_id = ANY(app_leads()))))'
LED_HERE, LED_X = LED.format(s=SYSTEM, u=UID, x=''), LED.format(s=SYSTEM, u=UID, x='x.')
UNDER = 'worker_id IN (SELECT id FROM staff_worker)'


def of(holds):
    return f'EXISTS (SELECT 1 FROM staff_worker x WHERE x.id = worker_id AND {holds})'  # noqa: S608


DECIDES = of(f"((SELECT app_purpose()) IN ('system', 'statistics') OR {NEAR})")
LED_OF = of(LED_X)
NOTES = of(f'({SYSTEM} OR {NEAR})')
HOURS = f'link_id = (SELECT app_link()) OR ({OWN} AND (for_user_id = {UID} OR {NOTES}))'
HOURS_WRITTEN = f"link_id = (SELECT app_link()) OR ({OWN} AND {of(f'({SYSTEM} OR for_user_id = {UID} OR {NEAR})')})"


class Migration(migrations.Migration):
    dependencies = [
        ('staff', '0004_had_account'),
    ]

    operations = [
        relock('staff_worker', OWN, OWN, written=f'{OWN} AND {LED_HERE}'),
        narrow('staff_worker', removed=f'{OWN} AND {LED_HERE}'),
        *(relock(f'staff_{table}', UNDER, UNDER, written=LED_OF) for table in ('workerlanguage', 'availability')),
        *(narrow(f'staff_{table}', removed=LED_OF) for table in ('workerlanguage', 'availability', 'countrytie')),
        *(relock(f'staff_{table}', DECIDES, DECIDES, written=LED_OF) for table in ('countrytie', 'agreement', 'proof')),
        *(narrow(f'staff_{table}', removed=SYSTEM) for table in ('agreement', 'proof')),
        relock('staff_hour', HOURS, HOURS, written=HOURS_WRITTEN),
        narrow('staff_hour', added=f'{SYSTEM} OR (noted_by_id = {UID} AND confirmed_at IS NULL AND {NOTES})', removed=SYSTEM),
    ]
