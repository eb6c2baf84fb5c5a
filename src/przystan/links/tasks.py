"""What links do by themselves: each hour, who should be reminded, and what nobody answered in time."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from przystan.access.actors import system
from przystan.access.jobs import working
from przystan.access.modules import jobs
from przystan.access.scope import acting

from . import actions
from .models import Link

log = logging.getLogger(__name__)


@app.periodic(cron="17 * * * *")
@app.task(name="links.look_over")
def look_over(timestamp: int) -> None:
    """One link's trouble stops no other."""
    now = timezone.now()
    with working("links.look_over") as by:
        actions.make_due(by=by, now=now)
        over = list(Link.objects.filter(used=0, revoked_at=None, silent_at=None, expires_at__lte=now).order_by("pk"))
    for link in over:
        try:
            with acting(system(link.organisation_id, jobs()["links.look_over"])) as by:
                actions.note_silence(by=by, link=link)
        except Exception:
            log.exception("noting that nobody answered failed for a link")
