"""Jobs that are tried again by themselves."""

from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision


class Patiently(BaseRetryStrategy):
    """A retry for jobs that wait for somebody else's machine: after a minute, then two, …, an hour, for thirty days."""

    FIRST, LONGEST = 60, 3600  # seconds
    MOST = 30 * 24  # tries

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When a job that failed is tried again; None when it is given up, and stays in the table as failed."""
        if job.attempts >= self.MOST:
            return None
        return RetryDecision(retry_in={"seconds": min(self.LONGEST, self.FIRST * 2 ** min(job.attempts, 10))})
