"""What is done each night for those who watch over access."""

from procrastinate.contrib.django import app

from przystan.access.jobs import working

from . import actions


@app.periodic(cron="41 2 * * *")
@app.task(name="team.anchor_audit")
def anchor(timestamp: int) -> None:
    """Each night: write down where the audit log ends, and tell those who watch over it."""
    with working("team.anchor_audit"):
        actions.anchor_audit()
