"""A file lies in its pieces alone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("exchange", "0005_waiting_files")]
    operations = [migrations.RemoveField("importbatch", "content")]
