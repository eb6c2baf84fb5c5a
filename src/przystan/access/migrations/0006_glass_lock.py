"""Requests for an emergency look are their organisation's."""

from django.db import migrations

from przystan.access.locks import OWN, lock

class Migration(migrations.Migration):
    dependencies = [("access", "0005_in_escrow")]
    operations = [
        lock("access_glass", OWN),
    ]
