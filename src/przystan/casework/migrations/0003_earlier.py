"""What files themselves said before, for their members only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from przystan.access.history import keeper, kept
from przystan.access.locks import SOMEBODY, lock

INTO = "casework_casebefore"
LEFT_OUT = "organisation_id ref person_id created_at created_by_id"


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0002_locks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="CaseBefore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=60)),
                ("row", models.BigIntegerField()),
                ("gone", models.BooleanField(default=False)),
                ("before", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="earlier", to="casework.casefile"
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier wording",
                "ordering": ["-id"],
                "abstract": False,
                "indexes": [models.Index(fields=["case", "-id"], name="case_before")],
            },
        ),
        lock(INTO, "app_in_case(case_id)", written=SOMEBODY),
        keeper(INTO, owner="case_id", parent="casework_casefile", left_out=LEFT_OUT),
        kept("casework_casefile", INTO, "id", on="UPDATE"),
    ]
