"""Names under which a centre is opened, and why no passkey can be made under one of them. Plain Python.

A browser keeps a passkey for the name where it was made, never for a number, and only over TLS. `localhost`, one's own
machine, is the exception (WebAuthn, "effective domain" and "secure context").
"""

from collections.abc import Iterable
from enum import StrEnum
from ipaddress import ip_address

HERE = "localhost"


class Hindrance(StrEnum):
    """Why the browser makes no passkey here."""

    NUMBER = "number"  # opened by an address such as 127.0.0.1
    NO_TLS = "no_tls"  # opened by http


def host_of(address: str) -> str:
    """The host without its port: "127.0.0.1:8000" -> "127.0.0.1", "[::1]:8000" -> "::1"."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.rpartition(":")[0] if address.count(":") == 1 else address


def is_number(host: str) -> bool:
    """Whether this is an IP address rather than a name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def is_here(host: str) -> bool:
    """Whether this leads to one's own machine."""
    return (is_number(host) and ip_address(host).is_loopback) or host == HERE or host.endswith(f".{HERE}")


def public(hosts: Iterable[str]) -> list[str]:
    """Those of PRZYSTAN_HOSTS that are proper names: others may open the centre under them."""
    names = [host_of(host.strip()).lstrip(".") for host in hosts]
    return [name for name in names if name and not is_number(name) and not is_here(name)]


def hindrance(address: str, *, secure: bool) -> Hindrance | None:
    """Why no passkey can be made or shown at this host; None when one can."""
    host = host_of(address)
    if is_number(host):
        return Hindrance.NUMBER
    return None if secure or is_here(host) else Hindrance.NO_TLS


def better(address: str, names: list[str]) -> str:
    """An address where passkeys work: the public name, or localhost for one's own machine; "" when there is none."""
    if names and "*" not in names[0]:
        return f"https://{names[0]}/"
    host, port = host_of(address), address.rpartition(":")[2]
    if not is_here(host):
        return ""
    return f"http://{HERE}:{port}/" if port.isdecimal() and address != host else f"http://{HERE}/"
