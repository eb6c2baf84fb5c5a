"""Room on the disks that hold the centre's folder and its keys."""

import os
import shutil
from collections.abc import Iterator
from gettext import gettext as _
from pathlib import Path

from django.conf import settings

from przystan.project import cluster

SHARE_WANTED = 15  # per cent of the disk
ROOM_WANTED = 1024**3  # bytes; on a small disk the share is less than work needs


def faults() -> Iterator[str]:
    """One sentence for each disk that is nearly full."""
    for folder in disks():
        usage = shutil.disk_usage(folder)
        share = usage.free * 100 // usage.total
        if share < SHARE_WANTED or usage.free < ROOM_WANTED:
            yield _(
                "Only %(free)d MB (%(share)d %%) are free on the disk that holds %(folder)s. Make room, before saving "
                "is refused."
            ) % {"free": usage.free // 1024**2, "share": share, "folder": folder}


def disks() -> list[Path]:
    """One folder on each disk that the centre writes to."""
    folders = [cluster.data_dir(), Path(settings.KEYS_DIR), Path(settings.AUDIT_ANCHORS).parent]
    return list({os.stat(folder).st_dev: folder for folder in reversed(folders) if folder.is_dir()}.values())
