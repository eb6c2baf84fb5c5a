from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="channel",
            index=models.Index(Lower("value"), name="channel_email", condition=models.Q(kind="email")),
        )
    ]
