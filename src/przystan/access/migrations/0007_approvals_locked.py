"""A second person's yes to an emergency look is its organisation's, as the look."""

from django.db import migrations

from przystan.access.locks import lock


class Migration(migrations.Migration):
    dependencies = [("access", "0006_whose")]
    operations = [lock("access_glassapproval", "glass_id IN (SELECT id FROM access_glass)")]
