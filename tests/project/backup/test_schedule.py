"""Backups by themselves, and who is told when there are none."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import factories

from przystan.access import backups
from przystan.access.models import AuditEntry, BackupPlan, BackupRun
from przystan.project import tasks
from przystan.project.backup import age, making, schedule
from przystan.project.trouble import Trouble

pytestmark = [pytest.mark.usefixtures("as_the_owner", "a_real_centre"), pytest.mark.django_db]
NONE, OLD = "There is no backup of this centre yet", "that is too long ago"


@pytest.fixture
def a_real_centre(settings: Any) -> None:
    settings.DEMO = False


def ran(hours_ago: float, fault: str = "") -> BackupRun:
    run = BackupRun.objects.create(size=5, fault=fault)
    BackupRun.objects.filter(pk=run.pk).update(at=timezone.now() - timedelta(hours=hours_ago))
    return run


@pytest.fixture
def plan(tmp_path: Path, db: None) -> BackupPlan:
    recipient = age.new_identity(tmp_path / "identity")
    (tmp_path / "out").mkdir()
    return BackupPlan.objects.create(
        pk=BackupPlan.ONLY, every=6, folder=str(tmp_path / "out"), keep=2, recipients=recipient
    )


@pytest.mark.parametrize(("hours", "words"), [(None, NONE), (49, OLD), (47, "")])
def test_without_a_schedule_two_days(hours: float | None, words: str) -> None:
    if hours:
        ran(hours)
    assert words in backups.backup_trouble()
    assert bool(words) == bool(backups.backup_trouble())


@pytest.mark.parametrize(("hours", "late"), [(11, False), (13, True)])
def test_with_a_schedule_twice_its_hours(plan: BackupPlan, hours: float, late: bool) -> None:
    ran(hours)
    assert (OLD in backups.backup_trouble()) is late


def test_a_failed_one_is_no_backup() -> None:
    ran(1, fault="The disk is full.")
    assert NONE in backups.backup_trouble()


@pytest.mark.parametrize("name", ["DEMO", "BACKUPS_ELSEWHERE"])
def test_where_nobody_is_asked(settings: Any, name: str) -> None:
    setattr(settings, name, True)
    assert backups.backup_trouble() == ""


@pytest.mark.parametrize(("role", "told"), [("coordinator", True), ("administrator", True), ("adviser", False)])
def test_today_tells_who_may_see_to_it(role: str, told: bool) -> None:
    centre = factories.organisation()
    client = Client()
    client.force_login(factories.user(centre, role, factories.point(centre)))
    page = client.get("/", follow=True).text
    assert (NONE in page) is told
    ran(1)
    assert NONE not in client.get("/", follow=True).text


@pytest.mark.parametrize(
    ("good", "failed", "due"),
    [(None, None, True), (5, None, False), (5.5, None, True), (7, 0.5, False), (7, 1, True), (7, 7.5, True)],
)
def test_when_one_is_due(plan: BackupPlan, good: float | None, failed: float | None, due: bool) -> None:
    """Each hour is asked; a failed one is tried again an hour later."""
    for hours, fault in sorted([(good, ""), (failed, "x")], key=lambda one: -(one[0] or 0)):
        if hours is not None:
            ran(hours, fault)
    assert (schedule.planned() is not None) is due


def test_nothing_is_due_without_a_schedule() -> None:
    assert schedule.planned() is None


@pytest.mark.usefixtures("plan")
def test_the_job_makes_one_and_notes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    organisation = factories.organisation()
    plan = BackupPlan.objects.get()
    old = [Path(plan.folder) / f"przystan-2020010{day}-000000.age" for day in (1, 2)]
    for path in old:
        path.touch()
    made = Path(plan.folder) / "przystan-20261130-000000.age"
    monkeypatch.setattr(schedule, "backup", lambda *_: made.write_text("x") and making.Made(made, 77, None))  # type: ignore[arg-type]
    tasks.back_up(timestamp=0)
    assert BackupRun.objects.get().size == 77
    assert set(Path(plan.folder).iterdir()) == {old[1], made}
    assert AuditEntry.objects.filter(action="backup.make", organisation_id=organisation.pk).count() == 1
    tasks.back_up(timestamp=3600)
    assert BackupRun.objects.count() == 1, "not due again"


@pytest.mark.parametrize("error", [Trouble("The disk is away."), OSError("The disk is away.")])
def test_a_job_that_fails_notes_it_and_keeps_what_there_is(
    plan: BackupPlan, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    old = Path(plan.folder) / "przystan-20200101-000000.age"
    old.touch()

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(schedule, "backup", fail)
    tasks.back_up(timestamp=0)
    assert BackupRun.objects.get().fault == "The disk is away."
    assert old.exists()


def test_a_worker_without_the_owner_says_what_it_lacks(plan: BackupPlan, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connections

    from przystan.project import cluster
    from przystan.project.backup import snapshot

    entry = cluster.work_database() | {"NAME": connections.settings["default"]["NAME"]}
    monkeypatch.setattr(snapshot.cluster, "owner_database", lambda: entry)
    tasks.back_up(timestamp=0)
    assert "DATABASE_OWNER_URL" in BackupRun.objects.get().fault
    assert list(Path(plan.folder).iterdir()) == []
