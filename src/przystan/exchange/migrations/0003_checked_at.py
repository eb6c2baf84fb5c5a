
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0002_locks'),
    ]

    operations = [
        migrations.AddField(
            model_name='importbatch',
            name='checked_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
