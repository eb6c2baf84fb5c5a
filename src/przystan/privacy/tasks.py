"""What is done by itself: files of yesterday go, what is kept too long goes, the audit log is checked."""

import logging

from procrastinate.contrib.django import app

from przystan.access.jobs import working
from przystan.access.keys import data
from przystan.team.models import Organisation

from . import actions

log = logging.getLogger(__name__)


@app.periodic(cron="23 * * * *")
@app.task(name="privacy.throw_away")
def throw_away(timestamp: int) -> None:
    """Each hour: copies made for people a day ago, keys lent for emergency looks that are over, and why such looks were
    asked for that nobody approved within a day.
    """
    with working("privacy.throw_away"):
        data.forget_lent()
        actions.forget_words()
        actions.throw_away_copies()


@app.periodic(cron="11 3 * * *")
@app.task(name="privacy.retention")
def retention(timestamp: int) -> None:
    """Each night: what no rule keeps any longer. One centre's trouble stops no other."""
    with working("privacy.retention"):
        centres = list(Organisation.objects.values_list("pk", flat=True))
    for organisation_id in centres:
        try:
            actions.look_over(organisation_id)
        except Exception:
            log.exception("retention failed for an organisation")


@app.periodic(cron="51 3 * * *")
@app.task(name="privacy.check_audit")
def check_audit(timestamp: int) -> None:
    """Each night: is the audit log whole?"""
    with working("privacy.check_audit"):
        actions.check_chain()
