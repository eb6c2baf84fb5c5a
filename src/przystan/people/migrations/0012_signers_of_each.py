"""Who signs for a consent is nobody's, as shipped, or one organisation's."""

import django.db.models.deletion
from django.db import migrations, models

from przystan.access.locks import lock, narrow

OWN = '(organisation_id = (SELECT app_org()) OR (SELECT app_reaches_all()))'
SYSTEM = "(SELECT app_purpose()) = 'system'"
WHOSE = f'({SYSTEM} OR NEW.organisation_id IS NOT DISTINCT FROM OLD.organisation_id)'


class Migration(migrations.Migration):
    dependencies = [('people', '0011_signer_ages'), ('team', '0003_own_functions'), ('access', '0010_looks_by_two')]
    operations = [
        migrations.AddField(
            model_name='consentsigner',
            name='organisation',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.organisation'),
        ),
        lock('people_consentsigner', f'organisation_id IS NULL OR {OWN}', OWN),
        narrow('people_consentsigner', removed=OWN, changed=WHOSE),
    ]
