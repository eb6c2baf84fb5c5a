"""docs/operator/running.md, followed line by line: its blocks that begin with `sh run`, in order, in one shell."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bench import restore as drill
from tests.harness import database, ports, proxy
from tests.upgrades import restoring

from przystan.project.cluster import Places, Share
from przystan.project.cluster.address import OWNER, embedded
from przystan.project.settings_test import REPOSITORY

pytestmark = [pytest.mark.drill, pytest.mark.skipif(not database.EMBEDDED, reason="the same centre in both runs")]

GUIDE = REPOSITORY / "docs" / "operator" / "running.md"
BLOCK = re.compile(r"^```sh run\n(.*?)^```$", re.MULTILINE | re.DOTALL)
UPGRADE = re.compile(r"^```sh run upgrade\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Folders that the guide names: the operator has them, or Debian's nginx does.
FOLDERS = ("srv", "mnt/safe", "mnt/keys", "mnt/backup", "etc/nginx/sites-available", "etc/nginx/sites-enabled")
OURS = re.compile(r"(?<![\w.$}])/(srv|mnt|etc/nginx|etc/letsencrypt|usr/share/przystan|var/log/nginx)/")


def below(home: Path, text: str) -> str:
    """With the guide's folders below `home`."""
    return OURS.sub(rf"{home}/\1/", text)


def typed(home: Path, text: str, **more: str) -> str:
    """What an operator types, in a folder with the sources; everything that was said."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(drill.OURS)}
    nginx = f'nginx() {{ {proxy.NGINX} -c {home}/nginx.conf -e {home}/start.log "$@"; }}'
    script = "\n".join(["set -euo pipefail", nginx, below(home, text)])
    env = kept | {"LC_ALL": "C.UTF-8"} | more
    run = subprocess.run(["bash", "-x", "-c", script], cwd=home, env=env, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


@pytest.fixture(scope="module")
def secure() -> tuple[int, int, int]:
    """Ports: of the product, of the proxy without and with TLS."""
    return ports.reserved(), ports.reserved(), ports.reserved()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, secure: tuple[int, int, int]) -> Path:
    """A machine with the sources, and with nginx as Debian has it, but for ports and places."""
    home = tmp_path_factory.mktemp("guide")
    for folder in (*FOLDERS, "var/log/nginx", f"etc/letsencrypt/live/{proxy.HOST}"):
        (home / folder).mkdir(parents=True)
    (home / ".venv").mkdir()
    (home / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    shutil.copytree(REPOSITORY / "deploy", home / "deploy")
    proxy.certificate(home)
    live = home / "etc" / "letsencrypt" / "live" / proxy.HOST
    shutil.move(home / "certificate.pem", live / "fullchain.pem")
    shutil.move(home / "key.pem", live / "privkey.pem")
    proxy.surrounded(home, "etc/nginx/sites-enabled/*")
    site = below(home, proxy.at_ports((home / "deploy" / "nginx.conf").read_text(), *secure))
    (home / "deploy" / "nginx.conf").write_text(site)
    return home


def test_the_guide_is_true(home: Path, secure: tuple[int, int, int]) -> None:
    said = typed(home, "\n".join(BLOCK.findall(GUIDE.read_text())))
    assert said.count("All is well.") == 3, said  # check here, check and keys there
    assert "Fundacja Przykład" in said
    assert "all as they were" in said
    assert len(list((home / "mnt" / "backup").iterdir())) == 2
    # And it serves: a real centre, which wants https, answers its proxy.
    behind, _plain, port = secure
    place = drill.Place(home / "srv" / "elsewhere", {"PRZYSTAN_DEMO": "0", "PRZYSTAN_HOSTS": proxy.HOST})
    with drill.served(place, behind), proxy.running(home, port):
        certificate = home / "etc" / "letsencrypt" / "live" / proxy.HOST / "fullchain.pem"
        connection = proxy.through(proxy.opened(port, certificate))
        connection.request("GET", "/account/login/")
        answer = connection.getresponse()
        assert (answer.status, b'name="password"' in answer.read()) == (200, True)
        connection.close()


def test_old_data_upgrade_as_the_guide_says(home: Path) -> None:
    """`centre` of the guide is one of the last version before this one, with the embedded database."""
    old = home / "srv" / "centre-of-before"
    old.mkdir()
    restoring.put_keys("last-filled", old)
    with Share(old), database.connect_to(embedded(Places(old), OWNER)) as connection:
        connection.execute(restoring.stored("last-filled"))
    (text,) = UPGRADE.findall(GUIDE.read_text())
    place = drill.Place(old)
    assert "przystan migrate" in place.said("serve", "--port", str(ports.reserved()), code=4)
    recipient = re.search(r"age1\w+", place.said("backup", "--new-identity", home / "old-identity"))
    assert recipient
    said = typed(home, text.replace("/srv/centre", str(old)), PRZYSTAN_BACKUP_TO=recipient[0], PRZYSTAN_DEMO="1")
    assert "The tables are up to date" in said
    assert said.endswith("All is well.\n")
    restored = drill.Place(home / "srv" / "from-before")
    files = (home / "mnt/backup/before-the-upgrade.age", "--keys", home / "mnt/keys/before-the-upgrade.age")
    assert "all as they were" in restored.said("restore", *files, "--identity", home / "old-identity")


def test_everything_from_init_to_restore_is_run() -> None:
    text = "\n".join(BLOCK.findall(GUIDE.read_text()))
    commands = ("init", "user add", "backup --keys", "backup /", "--every", "restore", "audit verify", "check")
    for command in (*commands, "deploy/nginx.conf"):
        assert f"przystan {command}" in text or f" {command} " in text, command
