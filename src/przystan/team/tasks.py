"""What is done each night for those who watch over access."""

from procrastinate.contrib.django import app

from przystan.access import anchors
from przystan.access.jobs import working
from przystan.access.patience import Patiently

from . import actions, queries


@app.periodic(cron="41 2 * * *")
@app.task(name="team.anchor_audit")
def anchor(timestamp: int) -> None:
    """Each night: write down where the audit log ends, and tell those who watch over it."""
    with working("team.anchor_audit"):
        actions.anchor_audit()


@app.task(name="team.mail_anchor", retry=Patiently())
def mail_anchor(line: str, reader: int) -> None:
    """Mail a line to one of those who watch, unless they do no more; no transaction waits for the mail server."""
    with working("team.mail_anchor"):
        found = queries.mailed_readers().filter(pk=reader).first()
    if found:
        anchors.send(line, found)
        with working("team.mail_anchor"):
            anchors.note_sent(line)
