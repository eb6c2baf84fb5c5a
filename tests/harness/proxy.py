"""deploy/nginx.conf on loopback: Debian's nginx, with a certificate made for the test."""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from przystan.project.supervision import ports, programs
from tests.harness.ports import reserved
from tests.harness.served import Served

HOST = "centre.example.org"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
PATIENCE = 30
MB = 1024 * 1024
MAIN = """
daemon off;
{user}
pid {folder}/nginx.pid;
worker_processes 1;
error_log {folder}/start.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    {places}
    include {folder}/{sites};
}}
"""


Jar = dict[str, str]


def cookies(answer: Any) -> Jar:
    lines = answer.headers.get_all("Set-Cookie") or []
    return {line.partition("=")[0]: line.partition("=")[2].partition(";")[0] for line in lines}


@dataclass(frozen=True)
class Proxy:
    plain: int
    secure: int
    folder: Path
    behind: Served

    def ask(
        self, path: str, method: str = "GET", body: bytes | str | None = None, jar: Jar | None = None, **headers: str
    ) -> Any:
        """The answer, read; `page` is its bytes. Its cookies go into the jar, as a browser would keep them."""
        connection = through(self.opened())
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        kept = {"Cookie": "; ".join(f"{name}={value}" for name, value in jar.items())} if jar else {}
        connection.request(method, path, body, {"Accept-Language": "uk"} | kept | names)
        answer: Any = connection.getresponse()
        answer.page = answer.read()
        connection.close()
        if jar is not None:
            jar.update(cookies(answer))
        return answer

    def opened(self, name: str = HOST) -> ssl.SSLSocket:
        return opened(self.secure, self.folder / "certificate.pem", name)


def opened(port: int, certificate: Path, name: str = HOST) -> ssl.SSLSocket:
    """A connection with TLS that trusts this certificate alone."""
    context = ssl.create_default_context(cafile=str(certificate))
    plain = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    try:
        return context.wrap_socket(plain, server_hostname=name)
    except OSError:
        plain.close()
        raise


def through(opened: ssl.SSLSocket) -> http.client.HTTPSConnection:
    """To ask in a connection that is open."""
    connection = http.client.HTTPSConnection(HOST, timeout=PATIENCE)
    connection.sock = opened
    return connection


def certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(*plain))


def at_ports(site: str, behind: int, plain: int, secure: int) -> str:
    """The file as it ships, on loopback and other ports."""
    changes = {
        "127.0.0.1:8000": f"127.0.0.1:{behind}",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ": f"listen 127.0.0.1:{secure} ",
    }
    return changed(re.sub(r"^\s*listen \[::\].*\n", "", site, flags=re.MULTILINE), changes)


def changed(text: str, changes: dict[str, str]) -> str:
    """With other words; each must be there."""
    for ours, theirs in changes.items():
        assert ours in text, ours
        text = text.replace(ours, theirs)
    return text


def surrounded(folder: Path, sites: str) -> None:
    """`nginx.conf` in a folder: the least that nginx wants around its sites."""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "\n    ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    user = "" if os.geteuid() else "user root;"
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, places=places, user=user, sites=sites))


def configured(folder: Path, behind: int, plain: int, secure: int, changes: dict[str, str]) -> None:
    """The file as it ships but for ports and places."""
    places = {
        "/etc/letsencrypt/live/centre.example.org/fullchain.pem": f"{folder}/certificate.pem",
        "/etc/letsencrypt/live/centre.example.org/privkey.pem": f"{folder}/key.pem",
        "/var/log/nginx": str(folder),
        "/usr/share/przystan": str(DEPLOY),
    }
    site = at_ports((DEPLOY / "nginx.conf").read_text(), behind, plain, secure)
    (folder / "site.conf").write_text(changed(site, places | changes))
    surrounded(folder, "site.conf")


@contextmanager
def running(folder: Path, secure: int) -> Iterator[None]:
    """nginx as `nginx.conf` of the folder has it, until the end of the block."""
    assert NGINX
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "start.log")]
    subprocess.run([*command, "-t", "-q"], check=True)
    process = subprocess.Popen(command, start_new_session=True)
    try:
        deadline = time.monotonic() + PATIENCE
        while ports.is_free("127.0.0.1", secure):
            assert process.poll() is None, (folder / "start.log").read_text()
            assert time.monotonic() < deadline
        yield
    finally:
        programs.stop([process])


@contextmanager
def proxied(folder: Path, behind: Served, changes: dict[str, str] | None = None) -> Iterator[Proxy]:
    """As it ships but for ports, places and, in a test of what is refused, `changes`."""
    plain, secure = reserved(), reserved()
    certificate(folder)
    configured(folder, behind.port, plain, secure, changes or {})
    with running(folder, secure):
        yield Proxy(plain, secure, folder, behind)
