"""Who works on which file: asked by the locks of the files themselves, so only that somebody acts can be asked here."""

from django.db import migrations

from przystan.access.locks import SOMEBODY, lock

class Migration(migrations.Migration):
    dependencies = [("casework", "0002_locks")]
    operations = [
        lock("casework_casemember", SOMEBODY),
    ]
