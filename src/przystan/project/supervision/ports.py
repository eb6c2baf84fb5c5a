"""Is there room to listen?"""

import socket
import time
from gettext import gettext as _

from przystan.project.trouble import Exit, Trouble

LAST_PORT_TRIED = 100


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def require_free(host: str, port: int, *, patience: float = 0.0) -> None:
    """Raise Trouble unless the port is free, or becomes so within `patience` seconds."""
    deadline = time.monotonic() + patience
    while not is_free(host, port):
        if time.monotonic() >= deadline:
            said = _(
                "Port %(port)d on %(host)s is taken or not allowed. Choose another one, for example --port %(next)d."
            )
            raise Trouble(said % {"port": port, "host": host, "next": port + 1}, Exit.PORT)
        time.sleep(0.1)


def next_free(host: str, port: int) -> int:
    """This port, or the next free one."""
    for candidate in range(port, min(port + LAST_PORT_TRIED, 65536)):
        if is_free(host, candidate):
            return candidate
    raise Trouble(_("No free port from %(port)d on. Choose one with --port.") % {"port": port}, Exit.PORT)
