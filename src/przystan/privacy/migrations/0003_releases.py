"""Copies of case files, decided by who leads them: their team only, as the files themselves."""

import django.db.models.deletion
import przystan.kernel.refs
from django.conf import settings
from django.db import migrations, models

from przystan.access.locks import OWN, lock


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0002_locks'),
        ('privacy', '0002_locks'),
        ('team', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=przystan.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('ground', models.CharField(blank=True, choices=[('others', 'rights and freedoms of other people (Art. 15(4) of the GDPR)'), ('secrecy', 'professional secrecy owed to other people'), ('health', "serious danger to the person's life or health")], max_length=10, verbose_name='reason')),
                ('words', models.BinaryField(blank=True, default=bytes, max_length=600, verbose_name='in your own words')),
                ('at', models.DateTimeField(auto_now=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='casework.casefile')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='team.organisation')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='releases', to='privacy.subjectrequest')),
            ],
            options={
                'verbose_name': 'copy of a case file',
                'ordering': ['-id'],
            },
        ),
        migrations.AddField(
            model_name='pack',
            name='release',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='packs', to='privacy.release'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.UniqueConstraint(fields=('request', 'case'), name='release_once'),
        ),
        lock("privacy_release", f"{OWN} AND app_in_case(case_id)"),
    ]
