"""What is done by itself: each week, the register is looked through for records that are one person's."""

import logging

from procrastinate.contrib.django import app

from przystan.access.actors import system
from przystan.access.jobs import working
from przystan.access.scope import acting
from przystan.team.models import Organisation

from . import actions

log = logging.getLogger(__name__)


@app.periodic(cron="37 1 * * 0")
@app.task(name="people.find_doubles", queueing_lock="people.find_doubles")
def find_doubles(timestamp: int) -> None:
    """Each Sunday night. One centre's trouble stops no other."""
    with working("people.find_doubles") as nobody:
        centres = list(Organisation.objects.values_list("pk", flat=True))
    for organisation_id in centres:
        try:
            with acting(system(organisation_id, nobody.purpose)) as by:
                actions.look_through(by=by)
        except Exception:
            log.exception("looking for doubles failed for an organisation")
