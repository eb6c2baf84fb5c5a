from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0003_hours_by_link'),
    ]

    operations = [
        migrations.AddField(
            model_name='worker',
            name='had_account',
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
