"""What keeps the other jobs going."""

from procrastinate.contrib.django import app

from . import workers
from .jobs import working


@app.periodic(cron="* * * * *")
@app.task(name="access.resume")
def resume(timestamp: int) -> None:
    """Each minute, beside each start of a worker: what one was at when it was killed begins again."""
    with working("access.resume"):
        workers.take_up()
