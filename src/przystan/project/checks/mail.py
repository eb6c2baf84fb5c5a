"""The mail server, where one is named: is its address one, and does it answer?"""

import os
import socket
from collections.abc import Iterator
from gettext import gettext as _
from urllib.parse import urlsplit

from django.conf import settings

from przystan.project.mails import not_sent

PATIENCE = 3.0  # seconds
EXAMPLE = "submission://user:password@host:587"


def faults() -> Iterator[str]:
    """What is wrong with EMAIL_URL. Nothing where it is not set."""
    if not (address := os.environ.get("EMAIL_URL", "").strip()):
        return
    if not is_address(address):
        yield _(
            "EMAIL_URL is not the address of a mail server, so nothing is sent. It should look like %(example)s"
        ) % {"example": EXAMPLE}
    elif settings.EMAIL_HOST and (trouble := unanswered(settings.EMAIL_HOST, settings.EMAIL_PORT)):
        yield _("The mail server %(host)s does not answer (%(why)s), so nothing is sent.") % {
            "host": settings.EMAIL_HOST,
            "why": trouble,
        }


def waiting() -> Iterator[str]:
    """Mails that were tried in vain."""
    if count := not_sent().count():
        yield _("E-mails that the mail server has not taken yet: %(count)d. They are kept and sent again.") % {
            "count": count
        }


def is_address(address: str) -> bool:
    """Whether a mail server, or a way to do without, can be read from it."""
    import dj_email_url

    scheme = urlsplit(address).scheme
    if scheme not in dj_email_url.SCHEMES:
        return False
    return not scheme.startswith(("smtp", "sub")) or bool(urlsplit(address).hostname)


def unanswered(host: str, port: int) -> str:
    """Why nobody answers there; "" when somebody does."""
    try:
        with socket.create_connection((host, port), timeout=PATIENCE):
            return ""
    except OSError as error:
        return error.strerror or str(error)
