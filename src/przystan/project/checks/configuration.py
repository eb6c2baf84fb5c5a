"""Settings: Django's own checks, what could lose saved work, and the role in the database."""

from collections.abc import Iterator
from gettext import gettext as _

from django.conf import settings
from django.core import checks

from przystan.project import database, ownership


def faults() -> Iterator[str]:
    """What is wrong before a table is looked at."""
    for message in checks.run_checks(include_deployment_checks=not settings.DEMO):
        if not message.is_silenced() and message.level >= checks.WARNING:
            yield f"{message.msg} ({message.id})"
    for fault in database.unsafe_settings():
        yield _("The database can lose saved work: %(fault)s.") % {"fault": fault}
    if wrong := ownership.sentence():
        yield wrong
