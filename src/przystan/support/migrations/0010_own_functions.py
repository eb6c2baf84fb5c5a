"""The functions of locks that ask tables of this module stand in its own `locks.py`."""

from django.db import migrations

from przystan.access.locks import functions
from przystan.support.locks import FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [("support", "0009_ledgers_share"), ("access", "0008_named")]
    operations = [functions(FUNCTIONS)]
