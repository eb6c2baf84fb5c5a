"""Every job says what it is for, and works only for that."""

from inspect import getsource

from procrastinate.contrib.django import app

from przystan.access.modules import jobs
from przystan.access.patience import Patiently
from przystan.project.cluster import PACKAGE
from przystan.project.mails import TASKS

OURS = {name: task for name, task in app.tasks.items() if task.func.__module__.startswith("przystan.")}


def test_every_job_is_declared_and_nothing_else() -> None:
    assert sorted(set(OURS) - set(jobs())) == [], "say in the module's module.py, under jobs, for which purpose it acts"
    assert sorted(set(jobs()) - set(OURS)) == [], "no task has this name any more"


def test_only_jobs_mail_so_nobody_waits_for_the_mail_server() -> None:
    sources = {path.relative_to(PACKAGE): path.read_text() for path in PACKAGE.rglob("*.py")}
    assert [str(path) for path, text in sources.items() if "from django.core.mail" in text] == ["access/anchors.py"]
    assert [str(path) for path, text in sources.items() if "anchors.send(" in text] == ["team/tasks.py"]
    for name in TASKS:
        assert isinstance(OURS[name].retry_strategy, Patiently), "who mails is patient"


def test_every_job_acts_for_its_own_purpose() -> None:
    for name, task in OURS.items():
        times = getsource(task.func).count(f'"{name}"')
        assert times > 1, f"{name} has its name as a task, but does not work as it"
