"""Consents of several signers: who signs for a person, and who has to for what."""

import django.db.models.deletion
from django.db import migrations, models

import przystan.kernel.refs
from przystan.access.history import kept


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0008_named'),
        ('people', '0008_own_functions'),
    ]

    operations = [
        migrations.AddField(
            model_name='consent',
            name='agrees',
            field=models.BooleanField(default=True, verbose_name='agrees'),
        ),
        migrations.AddField(
            model_name='consent',
            name='how',
            field=models.CharField(choices=[('spoken', 'in conversation'), ('paper', 'signed on paper'), ('link', 'through a link')], default='spoken', max_length=10, verbose_name='how'),
        ),
        # The same said anew is no change of what was said.
        migrations.RunSQL(
            "DO $$ BEGIN PERFORM set_config('app.history', 'off', true);"
            " UPDATE people_consent SET how = 'paper' WHERE on_paper;"
            " PERFORM set_config('app.history', '', true); END $$",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField(model_name='consent', name='on_paper'),
        migrations.AlterField(
            model_name='consent',
            name='given_on',
            field=models.DateField(verbose_name='answered on'),
        ),
        migrations.CreateModel(
            name='ConsentSigner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='until')),
                ('purpose', models.SlugField(max_length=60)),
                ('signers', models.CharField(choices=[('person', 'the person'), ('each_guardian', 'each parent or guardian'), ('one_guardian', 'one parent or guardian')], max_length=20)),
                ('age_from', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('age_to', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('source', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ['purpose', 'id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_from__lte', models.F('valid_to')), _connector='OR'), name='people_consentsigner_dates_in_order', violation_error_message='The first day must not be after the last.')],
            },
        ),
        migrations.CreateModel(
            name='Guardian',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='until')),
                ('ref', models.CharField(default=przystan.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('kind', models.CharField(choices=[('parent', 'parent'), ('guardian', 'legal guardian'), ('curator', 'curator named by a court')], default='parent', max_length=20, verbose_name='is')),
                ('name', models.BinaryField(default=bytes, max_length=120, verbose_name='name')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guardians', to='people.person')),
            ],
            options={
                'verbose_name': 'who signs for them',
                'ordering': ['id'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='consent',
            name='guardian',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='people.guardian', verbose_name='who answers'),
        ),
        migrations.AddConstraint(
            model_name='guardian',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_from__lte', models.F('valid_to')), _connector='OR'), name='people_guardian_dates_in_order', violation_error_message='The first day must not be after the last.'),
        ),
        migrations.RunSQL(
            sql='ALTER TABLE people_guardian ENABLE ROW LEVEL SECURITY; CREATE POLICY need_to_know ON people_guardian USING ((SELECT app_reaches_all()) OR EXISTS (SELECT 1 FROM people_person x WHERE x.id = person_id)) WITH CHECK ((SELECT app_reaches_all()) OR EXISTS (SELECT 1 FROM people_person x WHERE x.id = person_id))',
            reverse_sql='DROP POLICY need_to_know ON people_guardian; ALTER TABLE people_guardian DISABLE ROW LEVEL SECURITY',
        ),
        kept("people_guardian", "people_factbefore", "person_id"),
    ]
