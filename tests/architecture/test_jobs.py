"""Every job says what it is for, and works only for that."""

from inspect import getsource

from procrastinate.contrib.django import app

from przystan.access.jobs import JOBS

OURS = {name: task for name, task in app.tasks.items() if task.func.__module__.startswith("przystan.")}


def test_every_job_is_declared_and_nothing_else() -> None:
    assert set(OURS) == set(JOBS)


def test_every_job_acts_for_its_own_purpose() -> None:
    for name, task in OURS.items():
        times = getsource(task.func).count(f'"{name}"')
        assert times > 1, f"{name} has its name as a task, but does not work as it"
