"""Where the database is: DATABASE_URL, or the embedded PostgreSQL in the data folder."""

import os
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent.parent


def data_dir() -> Path:
    """Folder of everything a centre keeps: PRZYSTAN_DATA, or .demo below the current folder."""
    return Path(os.environ.get("PRZYSTAN_DATA", ".demo")).resolve()


def django_database() -> dict[str, Any]:
    """Django's DATABASES entry for DATABASE_URL or the embedded cluster."""
    if url := os.environ.get("DATABASE_URL"):
        from environs import Env  # noqa: F401
        import dj_database_url
        return dict(dj_database_url.parse(url))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "przystan",
        "USER": "przystan",
        "HOST": str(data_dir() / "run"),
        "OPTIONS": {"pool": True},
        "CONN_HEALTH_CHECKS": True,
    }
