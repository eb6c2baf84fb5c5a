"""Every command and action as a person runs it: a process, in a centre that `init` made, under the product's own roles.

A row says what is typed, the exit code and the sentence in English; row after row is run in the next language.
"""

import os
import re
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from gettext import translation
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.harness import centre, database

from przystan.project import cluster, language, ownership
from przystan.project.cli import COMMANDS, parsing
from przystan.project.trouble import Exit

PEOPLE = "Imię;Nazwisko;Data ur.\nOlena;Kowalenko;3.05.1990\n"


@dataclass(frozen=True)
class Row:
    words: str
    code: int = Exit.FINE
    says: str = ""  # of a catalogue; "" where the output is no sentence
    typed: str = ""  # the file beside the centre whose words are typed


STOPPED = [
    Row("init --login x", Exit.FOLDER, "There is a centre already: %(name)s. Choose another folder with --data."),
    Row("demo --no-serve", Exit.FOLDER),
    Row("makemigrations nonsense", Exit.USAGE),
    Row("migrate", says="The tables are up to date (%(made)s)."),
    Row("check --quiet", Exit.FAILED),
    Row("audit anchor", says="Added to %(file)s, mails on their way: %(count)d."),
    Row("audit new-key", says="Key %(number)s is in %(folder)s. Copy it to where the others are kept."),
    Row("audit verify", says="The audit log is sound, rows: %(count)d."),
    Row("keys status", says="Key files are in %(folder)s."),
    Row("keys confirm", says="Line %(line)d, group %(group)d:", typed="code"),
    Row("keys recover 1", Exit.USAGE, "centre-%(number)s.key is there. Move it away first if it is the wrong one."),
    Row(
        "keys rotate --code-file {beside}/code2",
        says="Keys that are closed anew with centre-%(number)s.key: %(count)d.",
    ),
    Row("user add jan --name Jan --role coordinator", says="First password of %(login)s: %(password)s"),
    Row("user password jan", says="First password of %(login)s: %(password)s"),
    Row("user password nobody", Exit.USAGE, "There is no account %(login)s with a place in the team."),
    Row("import {beside}/people.csv --kind people --as anna"),
    Row("access {beside}/access.md"),
    Row("bench nonsense", Exit.USAGE),
    Row("messages compile"),
    Row("backup {beside}/b.age --unencrypted"),
    Row("restore {beside}/nothing.age --without-keys", Exit.USAGE),
]
# What goes another way while pages and worker hold the centre.
SERVED = [
    Row("audit verify", says="The audit log is sound, rows: %(count)d."),
    Row("user add eva --name Eva --role coordinator", says="First password of %(login)s: %(password)s"),
    Row(
        "serve --port 8449",
        Exit.FOLDER,
        "A centre is served from %(folder)s already. Stop it first, or choose another folder with --data.",
    ),
]
GO_ON = {"serve", "worker"}  # until they are stopped


@dataclass(frozen=True)
class Place:
    """The folder of a centre, and the variables that say where its database is: none, when it is in the folder."""

    data: Path
    variables: dict[str, str]

    @contextmanager
    def owner(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection of the owner of the tables, while the centre is stopped."""
        if url := self.variables.get("DATABASE_OWNER_URL"):
            with psycopg.connect(url, autocommit=True) as connection:
                yield connection
            return
        sockets = str(cluster.Places(self.data).sockets)
        with (
            cluster.Share(self.data),
            psycopg.connect(host=sockets, user=cluster.OWNER, dbname="przystan", autocommit=True) as connection,
        ):
            yield connection

    def fault(self, row: Row, code: str) -> str:
        """What is wrong with how a row ended in this language."""
        typed = (self.data.parent / row.typed).read_text() if row.typed else ""
        words = row.words.format(beside=self.data.parent).split()
        more = self.variables | {"PRZYSTAN_LANGUAGE": code}
        try:
            said = centre.run(*words, data=self.data, code=row.code, typed=typed, **more)
        except AssertionError as wrong:
            return f"{code}: {wrong}"
        if "Traceback" in said or not re.search(pattern(row.says, code), said):
            return f"{code}: {row.words} said {said}"
        return ""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, database_server: None) -> Iterator[Place]:
    """Embedded in its folder, or in a database of its own on the server of the tests."""
    beside = tmp_path_factory.mktemp("commands")
    (beside / "people.csv").write_text(PEOPLE)
    if database.EMBEDDED:
        yield Place(centre.made(beside / "centre"), {})
        return
    with database.empty("commands") as name:
        urls = {key: os.environ[key].rpartition("/")[0] + f"/{name}" for key in ("DATABASE_URL", "DATABASE_OWNER_URL")}
        variables = urls | {"PRZYSTAN_ACCEPT_UNSAFE_DATABASE": "1"}
        yield Place(centre.made(beside / "centre", **variables), variables)


def pattern(sentence: str, code: str) -> str:
    """What a sentence of the catalogue looks like in a language, whatever its values are."""
    spoken = sentence if not sentence or code == "en" else translated(sentence, code)
    return ".*".join(re.escape(part) for part in re.split(r"%\(\w+\)[sd]", spoken))


def translated(sentence: str, code: str) -> str:
    """As the catalogue of the module that says it has it."""
    catalogues = sorted(cluster.PACKAGE.glob("*/locale"))
    said = {translation(language.DOMAIN, one, [code], fallback=True).gettext(sentence) for one in catalogues}
    assert said > {sentence}, f"not translated: {sentence}"
    return (said - {sentence}).pop()


def test_every_command_and_action_has_a_row() -> None:
    commands = parsing.actions(parsing.parser(COMMANDS))
    leaves = {
        f"{name} {action}".strip() for name, command in commands.items() for action in parsing.actions(command) or [""]
    }
    typed = [f"{row.words} " for row in STOPPED]
    assert {leaf for leaf in leaves if not any(words.startswith(f"{leaf} ") for words in typed)} == GO_ON


def test_each_ends_as_it_should_while_the_centre_is_stopped(place: Place) -> None:
    faults = [place.fault(row, language.CODES[at % 4]) for at, row in enumerate(STOPPED)]
    assert not any(faults), "\n".join(filter(None, faults))


def test_a_port_that_is_taken_is_said(place: Place) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        taken = "Port %(port)d on %(host)s is taken or not allowed. Choose another one, for example --port %(next)d."
        assert not place.fault(Row(f"serve --port {busy.getsockname()[1]}", Exit.PORT, taken), "pl")


def test_a_log_that_was_edited_is_told(place: Place) -> None:
    edited = "Row %(seq)d was edited, or was written without the key."
    with place.owner() as owner:
        owner.execute("ALTER TABLE access_auditentry DISABLE TRIGGER USER")
        owner.execute("UPDATE access_auditentry SET action = action || '!' WHERE seq = 2")
        said = place.fault(Row("audit verify", Exit.FAILED, edited), "pl")
        owner.execute("UPDATE access_auditentry SET action = rtrim(action, '!') WHERE seq = 2")
        owner.execute("ALTER TABLE access_auditentry ENABLE ALWAYS TRIGGER access_audit_no_edit")
        owner.execute("ALTER TABLE access_auditentry ENABLE ALWAYS TRIGGER access_audit_no_truncate")
    assert not said


def test_pages_worker_and_commands_side_by_side(place: Place) -> None:
    """`serve` says the address; `worker` beside it is seen by the pages, and ends in order when it is asked to."""
    more = place.variables | {"PRZYSTAN_LANGUAGE": "uk"}
    with centre.served(place.data, "--no-worker", "--workers", "1", "--threads", "1", **more) as served:
        assert served.state("worker") == "down"
        urllib.request.urlopen(f"{served.url}account/login/").close()
        command = [*centre.PROGRAM, "worker", "--data", str(place.data)]
        worker = subprocess.Popen(command, env=centre.environment(**more))
        try:
            centre.eventually(lambda: worker.poll() is not None or served.state("worker") == "ok")
            faults = [place.fault(row, language.CODES[at]) for at, row in enumerate(SERVED)]
        finally:
            worker.send_signal(signal.SIGTERM)
            ended = worker.wait(centre.PATIENCE)
        said = served.said()
    assert ended == Exit.FINE
    assert not any(faults), "\n".join(filter(None, faults))
    assert re.search(pattern("Przystań is ready. On this machine open %(url)s", "uk"), said)
    assert served.process.returncode == Exit.FINE
    assert served.lines(), "the log is lines of JSON, from the first to the last"


def test_without_the_key_of_the_log_every_command_says_so(place: Place) -> None:
    """Nothing can be saved until it is back: no traceback, and no check that finds all well."""
    wanted = "There is no key of the audit log in %(folder)s. Put it back from its copy."
    rows = [Row("user add zoe --name Zoe --role coordinator", Exit.SETTINGS, wanted), Row("check", Exit.FAILED, wanted)]
    key_files = sorted((place.data / "keys").glob("audit-*.key"))
    for path in key_files:
        path.rename(path.with_suffix(".away"))
    faults = [place.fault(row, code) for row, code in zip(rows, ("en", "uk"), strict=True)]
    for path in key_files:
        path.with_suffix(".away").rename(path)
    assert not any(faults), "\n".join(filter(None, faults))


ALONE = [
    Row("migrate", Exit.DATABASE, "Another command is making or changing the tables here (init, migrate, demo or"),
    Row("init --login x", Exit.DATABASE, "Another command is making or changing the tables here (init, migrate, demo"),
]


def test_two_never_change_the_tables_at_once(place: Place) -> None:
    """Both would find no tables, and one fall over the other's."""
    with place.owner() as owner:
        owner.execute(f"SELECT pg_advisory_lock({ownership.TABLES})")  # type: ignore[call-overload]
        faults = [place.fault(row, "en") for row in ALONE]
    assert not any(faults), "\n".join(filter(None, faults))
