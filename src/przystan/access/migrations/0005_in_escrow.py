from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('access', '0004_first_password')]

    operations = [
        migrations.AddField(
            model_name='datakey',
            name='in_escrow',
            field=models.BooleanField(default=True),
        ),
    ]
