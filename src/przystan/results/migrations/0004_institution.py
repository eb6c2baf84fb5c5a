"""Results of institutions name them; two entries of one institution become one in closed periods, too."""

import django.db.models.deletion
from django.db import migrations, models

from przystan.ledger.guards import guarded

BEFORE = "person_id evidence correction_reason protected form_token version"


class Migration(migrations.Migration):

    dependencies = [
        ('institutions', '0001_initial'),
        ('results', '0003_short_line'),
    ]

    operations = [
        migrations.RunSQL("DROP TRIGGER results_result_guard ON results_result", guarded("results_result", BEFORE).sql),
        guarded("results_result", f"{BEFORE} institution_id"),
        migrations.AddField(
            model_name='result',
            name='institution',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='results', to='institutions.institution', verbose_name='institution'),
        ),
    ]
