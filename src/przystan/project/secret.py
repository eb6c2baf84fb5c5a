"""The signing key of sessions and forms: from the environment, or a private file made on the first start."""

import os
import secrets
from pathlib import Path

FILE = "secret.key"  # in the data folder


def secret_key(data_dir: Path) -> str:
    """The key from PRZYSTAN_SECRET_KEY, or from `secret.key` in the data folder, made once with mode 0600."""
    if from_environment := os.environ.get("PRZYSTAN_SECRET_KEY"):
        return from_environment
    path = data_dir / FILE
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()
