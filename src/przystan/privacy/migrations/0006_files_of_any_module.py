"""Copies, erasures and times to keep are about files of any module: named by model and reference, without a key."""

import przystan.privacy.enums
from django.db import migrations, models
from django.db.models import Q

from przystan.access.locks import OWN, hung_on, relock

OF_CASES = """
DO $$ BEGIN
UPDATE privacy_release r SET model = 'casework.casefile', object_ref = c.ref,
    tier = CASE c.kind WHEN 'protection' THEN 4 WHEN 'support' THEN 2 ELSE 3 END
FROM casework_casefile c WHERE c.id = r.case_id;
UPDATE privacy_erasure SET model = 'casework.casefile' WHERE object_ref <> '';
-- Files of protection have a kind of their own beside protected people.
UPDATE privacy_retentionrule SET holding = 't4_cases' WHERE holding = 't4' AND counted_from = 'case';
END $$
"""
NOTHING = migrations.RunSQL.noop


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0005_requests_of_hidden"),
        ("access", "0008_named"),
        ("casework", "0006_members_first"),
    ]
    operations = [
        migrations.RemoveConstraint("erasure", "erasure_waits_once"),
        migrations.RenameField("erasure", "case_ref", "object_ref"),
        migrations.AddField("erasure", "model", models.CharField(blank=True, default="", max_length=60), False),
        migrations.AddConstraint(
            "erasure",
            models.UniqueConstraint(
                fields=("person_ref", "object_ref", "scope"), condition=Q(state="waiting"), name="erasure_waits_once"
            ),
        ),
        migrations.AlterField(
            "erasure",
            "scope",
            models.CharField(
                choices=[
                    ("person", "everything about the person"),
                    ("sensitive", "sensitive facts only"),
                    ("case", "one file"),
                ],
                default="person",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            "retentionrule",
            "holding",
            models.CharField(choices=przystan.privacy.enums.holdings, max_length=30, verbose_name="what"),
        ),
        migrations.AlterField(
            "retentionrule",
            "counted_from",
            models.CharField(
                choices=[
                    ("support", "the last support"),
                    ("project", "the last day of the year in which the programme ended"),
                    ("case", "the day when the file was closed"),
                ],
                max_length=10,
                verbose_name="counted from",
            ),
        ),
        migrations.AddField("release", "model", models.CharField(default="", max_length=60), False),
        migrations.AddField("release", "object_ref", models.CharField(default="", max_length=12), False),
        migrations.AddField("release", "tier", models.PositiveSmallIntegerField(default=3), False),
        migrations.RunSQL(OF_CASES, NOTHING),
        relock("privacy_release", f"{OWN} AND {hung_on('model', 'object_ref')}", f"{OWN} AND app_in_case(case_id)"),
        migrations.RemoveConstraint("release", "release_once"),
        migrations.RemoveField("release", "case"),
        migrations.AddConstraint(
            "release",
            models.UniqueConstraint(fields=("request", "model", "object_ref"), name="release_of_file_once"),
        ),
        migrations.AlterModelOptions(
            "release", options={"ordering": ["-id"], "verbose_name": "copy of a protected file"}
        ),
    ]
