"""The drill: a centre that is written to is backed up, and comes back in another folder as on another machine.

przystan bench restore [--people N] [--writers N] [--times N]

Makes a demo centre (in .bench/restore-N; kept). While colleagues log supports without a pause, `przystan backup` and
`backup --keys` are said as an operator says them, then `przystan restore` in a clean environment into an empty folder.
Compared afterwards, beside what `restore` compares itself: every table again, every support that was acknowledged
before the backup began, the audit log, the keys; then somebody logs in there and opens a sealed note. Beside it, in
the same run: pg_dump and pg_restore alone, of the same database, without encryption, keys or comparing. With --times
only the drill, so often, each into a folder of its own: how many of so many backups came back whole.
"""

import argparse
import http.cookiejar
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import django

ROOT = Path(__file__).resolve().parents[1]
OURS = ("DATABASE_", "DJANGO_", "PRZYSTAN_", "PYTEST_")
WRITERS = ("adviser", "adviser-gdansk-2", "legal_adviser", "coordinator")
# Noted by the restore itself.
NOTED = {"access_auditentry", "access_audithead"}
PATIENCE = 600.0  # seconds


@dataclass(frozen=True)
class Place:
    """Where a centre is: a data folder, and the addresses of a database when it is not in it."""

    folder: Path
    more: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """Nothing of another centre's."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        ours = {"PRZYSTAN_DATA": str(self.folder), "PRZYSTAN_DEMO": "1", "PRZYSTAN_LANGUAGE": "en"}
        return kept | ours | self.more

    def said(self, *words: object, code: int = 0, typed: str = "") -> str:
        """What `przystan WORDS` prints when this is typed; AssertionError when it ends otherwise than with `code`."""
        command = [sys.executable, "-m", "przystan.project.cli", *map(str, words)]
        run = subprocess.run(command, env=self.environment(), capture_output=True, text=True, input=typed)
        assert run.returncode == code, f"{words} ended with {run.returncode}: {run.stdout}{run.stderr}"
        return run.stdout + run.stderr

    def database(self) -> dict[str, Any]:
        """Its database for its owner."""
        from przystan.project.cluster.address import OWNER, Places, embedded, from_url

        url = self.more.get("DATABASE_OWNER_URL")
        return from_url(url) if url else embedded(Places(self.folder), OWNER)

    @contextmanager
    def up(self) -> Iterator[None]:
        """The embedded server stays up between commands."""
        from przystan.project.cluster import Share

        with ExitStack() as stack:
            if not self.more:
                stack.enter_context(Share(self.folder))
            yield


class Writers:
    """Colleagues at work; `saved`: references of what they were told is saved, in the order in which they were told."""

    def __init__(self, place: Place, count: int) -> None:
        self.saved: list[str] = []
        command = [sys.executable, str(ROOT / "bench" / "restore_writer.py")]
        more: dict[str, Any] = {"env": place.environment(), "stdout": subprocess.PIPE, "text": True}
        self.running = [subprocess.Popen([*command, login], **more) for login in WRITERS[:count]]
        self.threads = [Thread(target=self.read, args=[one], daemon=True) for one in self.running]

    def read(self, one: "subprocess.Popen[str]") -> None:
        assert one.stdout
        for line in one.stdout:
            if line.endswith("\n"):
                self.saved.append(line.strip())

    def __enter__(self) -> "Writers":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for one in self.running:
            one.kill()
            one.wait()
        for thread in self.threads:
            thread.join()
        for one in self.running:
            assert one.stdout
            one.stdout.close()

    def wait(self, count: int) -> None:
        """Until so many more are saved."""
        wanted, deadline = len(self.saved) + count, time.monotonic() + PATIENCE
        while len(self.saved) < wanted:
            assert all(one.poll() is None for one in self.running), "a writer ended"
            assert time.monotonic() < deadline, "the writers write nothing"
            time.sleep(0.01)


@dataclass
class Taken:
    """The files of a backup, and what was acknowledged before it began."""

    backup: Path
    keys: Path
    identity: Path
    acknowledged: list[str]
    meanwhile: int


def take(place: Place, out: Path, writers: int, timed: Callable[..., Any]) -> Taken:
    """Back a centre up while it is written to."""
    recipient = re.search(r"age1\w+", place.said("backup", "--new-identity", out / "identity"))
    assert recipient
    with Writers(place, writers) as at_work:
        at_work.wait(5 * writers)
        before = list(at_work.saved)
        timed("backup", lambda: place.said("backup", out / "centre.age", "--to", recipient[0]))
        meanwhile = len(at_work.saved) - len(before)
        place.said("backup", "--keys", out / "keys.age", "--to", recipient[0])
    return Taken(out / "centre.age", out / "keys.age", out / "identity", before, meanwhile)


def bring_back(taken: Taken, place: Place, timed: Callable[..., Any]) -> str:
    """Restore elsewhere; returns what was said."""
    options = ("--keys", taken.keys, "--identity", taken.identity)
    return str(timed("restore", lambda: place.said("restore", taken.backup, *options)))


def compare(taken: Taken, place: Place, *, verify: bool = True) -> dict[str, int]:
    """Hold the restored centre against the manifest and against what was acknowledged; counts for the report.

    `verify`: the audit log is sound, too, which cannot be told without its keys.
    """
    from przystan.project.backup import age, restoring, snapshot

    manifest = restoring.described(taken.backup, age.identities(taken.identity))
    with snapshot.connect(place.database()) as connection:
        found = snapshot.tables(connection)
        wrong = {name for name, table in manifest.tables.items() if found.get(name) != table} - NOTED
        assert not wrong, f"other than in the backup: {wrong}"
        kept = connection.execute("SELECT count(*) FROM support_support WHERE ref = ANY(%s)", [taken.acknowledged])
        there = (kept.fetchone() or (0,))[0]
    assert there == len(taken.acknowledged), f"{len(taken.acknowledged) - there} acknowledged supports are lost"
    if verify:
        place.said("audit", "verify")
    return {"tables": len(manifest.tables), "rows": manifest.rows, "kept": there, "meanwhile": taken.meanwhile}


class Browser:
    """Just enough of one to log in."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> str:
        with self.opener.open(self.url + path, timeout=PATIENCE) as answer:
            return str(answer.read().decode())

    def post(self, path: str, page: str, **values: str) -> str:
        """Send a form of a page that was got before."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(page))
        assert token, "a page without a form"
        data = urllib.parse.urlencode(values | {"csrfmiddlewaretoken": token[1]}).encode()
        headers = {"Referer": self.url + page, "Origin": self.url}
        with self.opener.open(urllib.request.Request(self.url + path, data, headers), timeout=PATIENCE) as answer:
            return str(answer.read().decode())


@contextmanager
def served(place: Place, port: int) -> Iterator[str]:
    """The address of a centre that is served as operators serve it."""
    command = [
        sys.executable,
        "-m",
        "przystan.project.cli",
        "serve",
        "--port",
        str(port),
        "--no-worker",
        "--workers",
        "1",
    ]
    process = subprocess.Popen(
        command, env=place.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if not line.startswith("{"):  # what is said to people; the log is JSON
                break
        else:
            raise AssertionError("".join(said))
        reader = Thread(target=process.stdout.read, daemon=True)
        reader.start()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(PATIENCE)
    reader.join()
    process.stdout.close()


def open_note(url: str) -> None:
    """Log in as the demo's psychologist, unlock the key with the passphrase, and read a sealed note."""
    from przystan.casework.demo import PASSPHRASE
    from przystan.casework.demo.texts import FILES
    from przystan.project.demo.centre import PASSWORD

    browser = Browser(url)
    browser.post("/account/login/", "/account/login/", login="psychologist", password=PASSWORD)
    words = [file.notes[0] for file in FILES if file.lead == "psychologist"]
    files = sorted(set(re.findall(r'href="(/cases/[a-z0-9]{6,}/)"', browser.get("/cases/"))))
    assert files, "no files, or not logged in"
    assert not any(word in browser.get(files[0]) for word in words), "a sealed note was open"
    browser.post("/keys/unlock/", "/keys/", passphrase=PASSPHRASE)
    assert any(word in browser.get(files[0]) for word in words), "a sealed note stays closed"


def plain(source: Place, out: Path, timed: Callable[..., Any]) -> None:
    """What the database alone costs: pg_dump and pg_restore, into a database of the same server."""
    from przystan.project.cluster import Places, clients
    from przystan.project.cluster.server import connect

    entry = source.database()
    environment = clients.address(entry)
    dump = [str(clients.client("pg_dump", 18)), "--format=custom", "--file", str(out / "plain.dump")]
    timed("pg_dump", lambda: subprocess.run(dump, env=environment, check=True))
    with connect(Places(source.folder)) as administrator:
        administrator.execute("DROP DATABASE IF EXISTS plain")
        administrator.execute("CREATE DATABASE plain OWNER przystan")
        load = [str(clients.client("pg_restore", 18)), "--dbname=plain", "--no-comments", str(out / "plain.dump")]
        timed("pg_restore", lambda: subprocess.run(load, env=environment, check=True))
        administrator.execute("DROP DATABASE plain")


def main() -> int:
    options = arguments()
    source = Place(ROOT / ".bench" / f"restore-{options.people}")
    os.environ |= {"PRZYSTAN_DATA": str(source.folder), "DJANGO_SETTINGS_MODULE": "przystan.project.settings"}
    times: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        started = time.perf_counter()
        found = work()
        times[name] = time.perf_counter() - started
        return found

    source.said("demo", "--no-serve", "--people", options.people)
    django.setup()
    if options.times:
        return again_and_again(source, options)
    with source.up(), tempfile.TemporaryDirectory() as temporary:
        out = Path(temporary)
        elsewhere = Place(out / "another-machine")
        taken = take(source, out, options.writers, timed)
        bring_back(taken, elsewhere, timed)
        with elsewhere.up():
            counts = compare(taken, elsewhere)
            with served(elsewhere, options.port) as url:
                open_note(url)
        plain(source, out, timed)
        report(options, times, counts, taken.backup.stat().st_size)
    return 0


def again_and_again(source: Place, options: argparse.Namespace) -> int:
    """The drill many times; what fails is said, and counts."""
    whole = kept = meanwhile = 0
    for number in range(1, options.times + 1):
        with source.up(), tempfile.TemporaryDirectory() as temporary:
            out = Path(temporary)
            elsewhere = Place(out / "another-machine")
            try:
                taken = take(source, out, options.writers, lambda _name, work: work())
                bring_back(taken, elsewhere, lambda _name, work: work())
                with elsewhere.up():
                    counts = compare(taken, elsewhere)
            except AssertionError as error:
                print(f"{number}: {error}")
                continue
            whole += 1
            kept, meanwhile = kept + counts["kept"], meanwhile + counts["meanwhile"]
            print(f"{number}: whole, {counts['kept']} of {counts['kept']} kept", flush=True)
    print(f"{whole} of {options.times} backups came back whole; {meanwhile} supports were written meanwhile,")
    print(f"and of those that were acknowledged before, {kept} of {kept} are there")
    return 0 if whole == options.times else 1


def report(options: argparse.Namespace, times: dict[str, float], counts: dict[str, int], size: int) -> None:
    ours, theirs = times["backup"] + times["restore"], times["pg_dump"] + times["pg_restore"]
    print(f"{options.people:,} people, {counts['rows']:,} rows in {counts['tables']} tables, {size / 1e6:.1f} MB")
    print(
        f"backup under {options.writers} writers  {times['backup']:6.1f} s   ({counts['meanwhile']} supports meanwhile)"
    )
    print(f"restore elsewhere          {times['restore']:6.1f} s   (with a new cluster, digests, audit log)")
    print(f"both                       {ours:6.1f} s   {ours / theirs:.1f} of pg_dump and pg_restore ({theirs:.1f} s)")
    print(f"acknowledged before it     {counts['kept']:6} of {counts['kept']} there; login and a sealed note open")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=2000, metavar="N", help="people of the demo (2000)")
    parser.add_argument("--writers", type=int, default=4, metavar="N", help="colleagues who write meanwhile (4)")
    parser.add_argument("--times", type=int, default=0, metavar="N", help="only the drill, so many times")
    parser.add_argument("--port", type=int, default=8200)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
