from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('access', '0003_audit_append_only')]

    operations = [
        migrations.AddField(
            model_name='user',
            name='must_change_password',
            field=models.BooleanField(default=False, verbose_name='has a first password'),
        ),
    ]
