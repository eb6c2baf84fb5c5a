"""Taking back a long import is a job, too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0006_no_content")]
    operations = [
        migrations.AlterField(
            model_name='importbatch',
            name='state',
            field=models.CharField(choices=[('uploaded', 'waits to be read'), ('reading', 'being read'), ('unreadable', 'cannot be read'), ('columns', 'columns to be matched'), ('checking', 'being checked'), ('checked', 'ready: look at the rows'), ('running', 'being imported'), ('done', 'imported'), ('failed', 'not imported'), ('undoing', 'being undone'), ('undone', 'undone')], default='uploaded', max_length=10),
        ),
    ]
