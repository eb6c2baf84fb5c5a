"""What nobody came back to goes."""

from procrastinate.contrib.django import app

from przystan.access.jobs import working

from . import actions


@app.periodic(cron="40 3 * * *")
@app.task(name="drafts.throw_old")
def throw_old(timestamp: int) -> None:
    with working("drafts.throw_old"):
        actions.throw_old()
