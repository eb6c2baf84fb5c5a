"""A centre in one file that only its recipient can open, and back into an empty place.

The file is `age` around a tar: first `manifest.json`, last the database as pg_dump wrote it, both of one snapshot. The
keys of the centre are never in it; they have a file of their own (`keys`).
"""

from .keys import backup_keys
from .making import Made, backup
from .restoring import Restored, restore

__all__ = ["Made", "Restored", "backup", "backup_keys", "restore"]
