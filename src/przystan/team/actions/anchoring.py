"""Where the audit log ends, told to those who watch over access."""

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app

from przystan.access import anchors

from ..queries import mailed_readers


@transaction.atomic
def anchor_audit() -> tuple[str | None, int]:
    """Write the head of the audit chain down outside the database; the line goes by mail to whoever may read the log.

    Returns the line (None: nothing was ever recorded) and how many mails are on their way, each a job. Raises OSError
    when the file cannot be written, AuditKeyMissing. Not recorded in the log itself: `AuditAnchor` has a row for it.
    """
    line = anchors.write_down()
    if line is None or not settings.EMAIL_HOST:
        return line, 0
    readers = list(mailed_readers().values_list("pk", flat=True))
    for reader in readers:
        app.configure_task(name="team.mail_anchor").defer(line=line, reader=reader)
    return line, len(readers)
