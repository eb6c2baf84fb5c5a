from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("errands", "0001_initial")]

    operations = [
        migrations.AddField("errand", "begun", models.CharField(blank=True, max_length=12)),
    ]
