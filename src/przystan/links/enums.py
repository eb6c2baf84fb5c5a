"""Where a link stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LinkState(TextChoices):
    """From what was noted of it; no answer is a state of its own, never an answer."""

    WAITING = "waiting", _("not opened yet")
    OPENED = "opened", _("opened, no answer yet")
    ANSWERED = "answered", _("answered")
    SILENT = "silent", _("no answer")
    REVOKED = "revoked", _("revoked")

    @property
    def tone(self) -> str:
        """Of the pill that shows it."""
        return _TONES[self]


_TONES = {
    LinkState.WAITING: "quiet",
    LinkState.OPENED: "info",
    LinkState.ANSWERED: "good",
    LinkState.SILENT: "bad",
    LinkState.REVOKED: "quiet",
}
