"""What funding does by itself: each minute, figures of all the time that changed are counted anew."""

import logging
import time

from procrastinate.contrib.django import app

from przystan.access.actors import counter
from przystan.access.jobs import working
from przystan.access.scope import acting

from .actions import keeping
from .models import Programme

log = logging.getLogger(__name__)
LONGEST = 10  # seconds of every minute; what is left is counted in the next, or by whoever asks for it


@app.periodic(cron="* * * * *")
@app.task(name="funding.keep", queueing_lock="funding.keep")
def keep(timestamp: int) -> None:
    """One programme's trouble stops no other, and each minute another one is the first."""
    with working("funding.keep"):
        keeping.forget_touched()
        programmes = list(Programme.objects.filter(outside=False).order_by("pk"))
    ends = time.monotonic() + LONGEST
    first = timestamp // 60 % len(programmes) if programmes else 0
    for programme in programmes[first:] + programmes[:first]:
        if time.monotonic() > ends:
            break
        try:
            with acting(counter(programme.organisation_id)):
                keeping.keep(programme=programme, enough=lambda: time.monotonic() > ends)
        except Exception:
            log.exception("keeping the figures of a programme failed")
