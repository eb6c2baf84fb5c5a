"""Files that wait now become pieces; what was "uploaded" has been read already."""

from django.db import migrations

# As blocks: nobody acts while tables change, and their owner needs nobody to.
STORED = """
DO $$ BEGIN
    INSERT INTO exchange_filepart (batch_id, position, content)
        SELECT id, 0, content FROM exchange_importbatch WHERE length(content) > 0;
    UPDATE exchange_importbatch SET state = 'columns' WHERE state = 'uploaded';
END $$
"""
BACK = """
DO $$ BEGIN
    UPDATE exchange_importbatch b SET content = coalesce(
        (SELECT string_agg(p.content, '' ORDER BY p.position) FROM exchange_filepart p WHERE p.batch_id = b.id), '');
    DELETE FROM exchange_importbatch WHERE state IN ('uploaded', 'reading', 'unreadable');
    UPDATE exchange_importbatch SET state = 'uploaded' WHERE state = 'columns';
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0004_file_parts")]
    operations = [migrations.RunSQL(STORED, BACK)]
