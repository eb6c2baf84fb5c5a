"""Room on the disks that hold the centre's folder and its keys."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from przystan.project import cluster

MB = 1024**2
SHARE_WANTED = 15  # per cent of the disk
ROOM_WANTED = 1024 * MB  # on a small disk the share is less than work needs
NOTHING = MB  # less is none: the database asks for more at once


@dataclass(frozen=True)
class Room:
    """One disk, by a folder on it; in bytes, as far as others than root may use them."""

    folder: Path
    free: int
    total: int

    @property
    def share(self) -> int:
        """What is free, in per cent."""
        return self.free * 100 // self.total

    @property
    def megabytes(self) -> int:
        return self.free // MB

    @property
    def is_short(self) -> bool:
        return self.share < SHARE_WANTED or self.free < ROOM_WANTED

    @property
    def is_full(self) -> bool:
        return self.free < NOTHING


def rooms() -> Iterator[Room]:
    """Each disk that the centre writes to."""
    for folder in folders():
        usage = shutil.disk_usage(folder)
        yield Room(folder, usage.free, usage.total)


def tightest() -> Room | None:
    """The disk with the least room; None while there is no folder yet."""
    return min(rooms(), key=lambda room: room.free, default=None)


def is_full() -> bool:
    """Whether one of them has no room at all."""
    return any(room.is_full for room in rooms())


def folders() -> list[Path]:
    """One folder on each disk that the centre writes to."""
    found = [cluster.data_dir(), Path(settings.KEYS_DIR), Path(settings.AUDIT_ANCHORS).parent]
    return list({os.stat(folder).st_dev: folder for folder in reversed(found) if folder.is_dir()}.values())
