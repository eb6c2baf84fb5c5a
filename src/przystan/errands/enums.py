"""How far an errand is."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class ErrandState(TextChoices):
    """The values are those of the `c-job` component."""

    WAITING = "waiting", pgettext_lazy("errand", "waiting")
    RUNNING = "running", pgettext_lazy("errand", "running")
    DONE = "done", pgettext_lazy("errand", "ready")
    FAILED = "failed", pgettext_lazy("errand", "failed")

    @property
    def tone(self) -> str:
        """Of the pill that shows it."""
        return _TONES[self]


OPEN = (ErrandState.WAITING, ErrandState.RUNNING)
_TONES = {
    ErrandState.WAITING: "quiet",
    ErrandState.RUNNING: "info",
    ErrandState.DONE: "good",
    ErrandState.FAILED: "bad",
}
