"""The disk runs full during an upgrade: it says so, nothing half done stays, and with room again it goes on."""

from pathlib import Path

import pytest

from przystan.project import cluster
from przystan.project.cluster import Share
from przystan.project.cluster.server import connect
from przystan.project.trouble import Exit
from tests.harness.centre import run
from tests.harness.disk import MB, disk, fill

from .comparing import contents, differences
from .restoring import put_keys, stored
from .test_states import MACHINES, SEALED, SHIPPED

pytestmark = pytest.mark.drill
__all__ = ["disk"]


@pytest.mark.parametrize("room", [1, 18])
def test_an_upgrade_that_finds_no_room_goes_on_when_there_is_some(room: int, disk: Path) -> None:
    """`room` in megabytes: it ends in the first state's SQL, in Django's migrations, or in the shipped data."""
    data = disk / "centre"
    put_keys("first-filled", data)
    with Share(data) as share:
        with connect(share.places, "przystan", cluster.OWNER) as database:
            database.execute(stored("first-filled"))
        with connect(share.places, "przystan", cluster.OWNER) as database:
            before = contents(database)
        ballast = fill(disk, room * MB)
        said = run("migrate", data=data, code=Exit.FOLDER)
        assert "The disk of the database is full. Free some space; what was saved is safe." in said
        assert "Traceback" not in said
        ballast.unlink()
        run("migrate", data=data)
        with connect(share.places, "przystan", cluster.OWNER) as database:
            after = contents(database)
    del before["access_auditentry"]
    assert not differences(before, after, MACHINES | SEALED | SHIPPED)
