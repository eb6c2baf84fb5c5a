"""What is done by itself for the whole installation."""

from procrastinate.contrib.django import app

from przystan.access.jobs import working

from .backup import schedule


@app.periodic(cron="7 * * * *")
@app.task(name="project.backup", lock="project.backup")
def back_up(timestamp: int) -> None:
    """Each hour: is a backup due by the schedule? It is made outside of any transaction, as the owner of the tables."""
    with working("project.backup"):
        plan = schedule.planned()
    if plan:
        schedule.keep_to(plan)
