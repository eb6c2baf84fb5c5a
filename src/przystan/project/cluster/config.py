"""The settings of the embedded cluster. An operator's own go into `local.conf`, which is read last."""

import os
import shutil
from pathlib import Path

from .address import APPLICATION, OWNER
from .places import Places
from .programs import as_seen, unix_name

MB = 1024 * 1024
SETTINGS = "przystan.conf"


def memory() -> int:
    """Bytes of memory of this machine."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def settings(places: Places, *, safe: bool = True) -> dict[str, str]:
    """Name -> value, sized for a small office server of two cores. `safe=False` is for tests only."""
    shared = min(512, max(64, memory() // 16 // MB))
    return {
        # Reached only through a socket in a private folder.
        "listen_addresses": "",
        "unix_socket_directories": sockets_as_seen(places),
        "unix_socket_permissions": "0600" if os.geteuid() else "0700",
        "port": "5432",
        "max_connections": "60",
        # Never lose what was said to be saved.
        "fsync": "on" if safe else "off",
        "full_page_writes": "on" if safe else "off",
        "synchronous_commit": "on" if safe else "off",
        "wal_compression": "on",
        "min_wal_size": "128MB",
        "max_wal_size": "2GB" if safe else "512MB",
        "checkpoint_timeout": "15min",
        # Memory and planning.
        "shared_buffers": f"{shared}MB",
        "effective_cache_size": f"{max(256, memory() // 2 // MB)}MB",
        "work_mem": "24MB",
        "maintenance_work_mem": "128MB",
        "dynamic_shared_memory_type": dynamic_memory(),
        "random_page_cost": "1.1",
        "jit": "off",
        "max_parallel_workers_per_gather": "1",
        # The log tells what happened, never whose data it was: no statements, values or keys.
        "log_destination": "stderr",
        "logging_collector": "off",
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "log_checkpoints": "off",
        "log_timezone": "UTC",
        "timezone": "UTC",
    }


def sockets_as_seen(places: Places) -> str:
    """The folder of the socket in the eyes of the server, which may be unable to enter the folders above."""
    inside = places.sockets == places.data / "run"
    return f"{as_seen(places.data)}/run" if inside else str(places.sockets)


def dynamic_memory() -> str:
    """Containers often give /dev/shm only 64 MB, which parallel queries outgrow; then files do."""
    try:
        roomy = shutil.disk_usage("/dev/shm").total >= 256 * MB  # noqa: S108
    except OSError:
        roomy = False
    return "posix" if roomy else "mmap"


def quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def write(places: Places, folder: Path, *, safe: bool = True) -> None:
    """Write our settings and who may log in into a data directory; called at every start, so they stay true."""
    lines = [f"{name} = {quoted(value)}" for name, value in settings(places, safe=safe).items()]
    put(folder / SETTINGS, "\n".join(["# Written by Przystań at each start.", *lines, ""]))
    main = folder / "postgresql.conf"
    if SETTINGS not in (text := main.read_text()):
        put(main, f"{text}\ninclude '{SETTINGS}'\ninclude_if_exists 'local.conf'\n")
    # Peer: the kernel says which Unix user is calling. No passwords, and no other local user gets in.
    roles = (OWNER, APPLICATION, "postgres")
    put(folder / "pg_hba.conf", "".join(f"local all {role} peer map=centre\n" for role in roles))
    names = sorted({unix_name(), "root"})
    users = [f'centre "{name}" {role}' for name in names for role in roles]
    put(folder / "pg_ident.conf", "\n".join([*users, ""]))


def put(path: Path, text: str) -> None:
    """Write a file beside its place and move it there; a full disk must not leave half of it."""
    if path.exists() and path.read_text() == text:
        return
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(text)
    beside.chmod(0o600)
    beside.replace(path)
