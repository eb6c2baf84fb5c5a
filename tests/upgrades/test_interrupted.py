"""An upgrade that is killed goes on: nothing half done stays; a second `migrate` ends where the first would have."""

import sys
from pathlib import Path

import pytest

from tests.harness import database

from .comparing import contents, differences, shape
from .restoring import Centre, restored
from .test_states import MACHINES, SEALED, SHIPPED

# Runs `przystan migrate`, and kills itself when this function is called for the nth time, before or after it works.
KILLED = """
import os, signal, sys
from importlib import import_module
from przystan.project.cli import main

place, when, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
import django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "przystan.project.settings")
django.setup()
module, _, name = place.rpartition(".")
try:
    owner = import_module(module)
except ModuleNotFoundError:
    module, _, kind = module.rpartition(".")
    owner = getattr(import_module(module), kind)
works, calls = getattr(owner, name), 0

def dying(*args, **kwargs):
    global calls
    calls += 1
    if calls == count and when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    result = works(*args, **kwargs)
    if calls == count:
        os.kill(os.getpid(), signal.SIGKILL)
    return result

setattr(owner, name, dying)
sys.exit(main(["migrate"]))
"""
PLACES = {
    "within the first state's SQL": ("przystan.project.upgrades.bridging.run", "after", "1"),
    "between Django's migrations": ("django.db.migrations.recorder.MigrationRecorder.record_applied", "after", "5"),
    "while words are sealed": ("przystan.project.upgrades.sealing.write", "after", "2"),
}


@pytest.mark.parametrize("place", PLACES)
def test_killed_and_begun_again(place: str, tmp_path: Path, django_db_setup: None) -> None:
    with restored("first-filled", tmp_path) as centre:
        with centre.owner() as connection:
            before = contents(connection)
        killed = centre.run("-c", KILLED, *PLACES[place], command=(sys.executable,))
        assert killed.returncode == -9, killed.stderr
        if place == "while words are sealed":  # the last that is left to do: everything else looks finished
            serving = centre.run("serve", "--port", "8150")
            assert serving.returncode == 4
            assert "przystan migrate" in serving.stderr
        done = centre.run("migrate")
        assert done.returncode == 0, done.stderr
        assert_like_new(centre)
        with centre.owner() as connection:
            after = contents(connection)
        del before["access_auditentry"]
        assert not differences(before, after, MACHINES | SEALED | SHIPPED)


def assert_like_new(centre: Centre) -> None:
    with centre.owner() as connection:
        found = shape(connection)
    with database.connect_to(database.cluster.owner_database() | {"NAME": database.migrated()}) as connection:
        assert found == shape(connection)
