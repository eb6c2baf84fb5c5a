"""Room on the disks that hold the centre's folder and its keys."""

from collections.abc import Iterator
from gettext import gettext as _

from przystan.project.room import rooms


def faults() -> Iterator[str]:
    """One sentence for each disk that is nearly full."""
    for room in rooms():
        if room.is_short:
            yield _(
                "Only %(free)d MB (%(share)d %%) are free on the disk that holds %(folder)s. Make room, before saving "
                "is refused."
            ) % {"free": room.megabytes, "share": room.share, "folder": room.folder}
