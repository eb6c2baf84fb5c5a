"""What keeps the other jobs going."""

from procrastinate.contrib.django import app

from . import old_jobs, workers
from .jobs import working


@app.periodic(cron="* * * * *")
@app.task(name="access.resume")
def resume(timestamp: int) -> None:
    """Each minute, beside each start of a worker: what one was at when it was killed begins again."""
    with working("access.resume"):
        workers.take_up()


@app.periodic(cron="31 4 * * *")
@app.task(name="access.forget_jobs")
def forget_jobs(timestamp: int) -> None:
    """Each night: jobs that ended long ago go, or their table would grow by a row each minute for ever."""
    with working("access.forget_jobs"):
        old_jobs.forget()
