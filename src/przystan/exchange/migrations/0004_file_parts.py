"""Files are stored piece by piece, and wait to be read by a job."""

import django.db.models.deletion
from django.db import migrations, models

from przystan.access.locks import lock

OF_BATCH = "EXISTS (SELECT 1 FROM exchange_importbatch b WHERE b.id = batch_id)"


class Migration(migrations.Migration):
    dependencies = [("exchange", "0003_apart")]
    operations = [
        migrations.CreateModel(
            name='FilePart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='exchange.importbatch')),
            ],
            options={
                'ordering': ['batch', 'position'],
                'constraints': [models.UniqueConstraint(fields=('batch', 'position'), name='file_part_once')],
            },
        ),
        migrations.AlterField(
            model_name='importbatch',
            name='state',
            field=models.CharField(choices=[('uploaded', 'waits to be read'), ('reading', 'being read'), ('unreadable', 'cannot be read'), ('columns', 'columns to be matched'), ('checking', 'being checked'), ('checked', 'ready: look at the rows'), ('running', 'being imported'), ('done', 'imported'), ('failed', 'not imported'), ('undone', 'undone')], default='uploaded', max_length=10),
        ),
        lock("exchange_filepart", OF_BATCH),
    ]
