"""The file of a backup: closed for its recipient, whole or not there, and read only to its end."""

import errno
import io
import os
import resource
import stat
import tarfile
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import chain
from pathlib import Path
from typing import Any

import pyrage
import pytest

from przystan.project.backup import age, keys, loading, manifest, parts, restoring, seal, surroundings, target
from przystan.project.backup.manifest import Manifest, Table
from przystan.project.trouble import Exit, Trouble

IDENTITY = pyrage.x25519.Identity.generate()
TO, MINE = [IDENTITY.to_public()], [IDENTITY]
MB = 1 << 20


def written(path: Path, content: Iterator[bytes] | list[bytes], to: list[Any] = TO) -> Path:
    with target.written(path) as file:
        age.close(content, file, to)
    return path


def read(path: Path, mine: list[Any] = MINE) -> dict[str, bytes]:
    with age.opened(path, mine) as stream:
        found = {name: content.read() for name, content in parts.read(stream)}
        stream.finish()
    return found


def some() -> Iterator[bytes]:
    return parts.tarred([parts.whole("one", b"1" * 100_000), parts.whole("ścieżka/" + "x" * 120, b"")])


@pytest.mark.parametrize("to", [TO, []])
def test_what_is_closed_opens_again(tmp_path: Path, to: list[Any]) -> None:
    path = written(tmp_path / "a", some(), to)
    assert read(path) == {"one": b"1" * 100_000, "ścieżka/" + "x" * 120: b""}
    assert (b"1" * 100 in path.read_bytes()) is (not to)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nobody_else_opens_it(tmp_path: Path) -> None:
    path = written(tmp_path / "a", some())
    with pytest.raises(Trouble, match="cannot be opened with this identity"):
        read(path, [pyrage.x25519.Identity.generate()])
    with pytest.raises(Trouble, match="--identity"):
        read(path, [])


@pytest.mark.parametrize("cut", [1, 20_000, 99_000])
def test_an_end_that_is_cut_off_is_found(tmp_path: Path, cut: int) -> None:
    path = written(tmp_path / "a", some())
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(Trouble, match="damaged"):
        read(path)


def test_a_changed_byte_is_found(tmp_path: Path) -> None:
    path = written(tmp_path / "a", some())
    content = bytearray(path.read_bytes())
    content[-5000] ^= 1
    path.write_bytes(content)
    with pytest.raises(Trouble, match="damaged"):
        read(path)


def test_something_else_is_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "letter"
    path.write_bytes(b"Dear colleagues, " * 100)
    with pytest.raises(Trouble, match="damaged"):
        read(path)
    with pytest.raises(Trouble, match="no file"):
        read(tmp_path / "none")


def test_memory_stays_flat(tmp_path: Path) -> None:
    """A dump is as large as it likes: 200 MB pass through in pieces."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    path = written(tmp_path / "a", parts.tarred(parts.whole(f"d/{n}", bytes(4 * MB)) for n in range(50)))
    with age.opened(path, MINE) as stream:
        stream.finish()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert path.stat().st_size > 200 * MB
    assert grown < 60 * MB


def test_a_reader_may_leave_before_the_last_bytes_are_written() -> None:
    """They wait in the writer until it closes, and nobody takes them then."""
    reading, writing = os.pipe()
    os.close(reading)
    stream = age.Stream(io.BytesIO())
    age._decrypt(io.BytesIO(pyrage.encrypt(b"few", TO)), writing, MINE, stream)
    stream.check()


def broken() -> Iterator[bytes]:
    yield b"x" * 100_000
    raise Trouble("pg_dump failed", Exit.DATABASE)


def test_a_source_that_breaks_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="pg_dump failed"):
        written(tmp_path / "a", broken())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("to", [TO, []])
def test_a_full_disk_leaves_nothing_and_says_so(tmp_path: Path, to: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.BytesIO):
        def write(self, content: Any) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def fdopen(descriptor: int, mode: str) -> Full:
        os.close(descriptor)
        return Full()

    monkeypatch.setattr(target.fcntl, "flock", lambda *_: None)
    monkeypatch.setattr(target.os, "fdopen", fdopen)
    with pytest.raises(Trouble, match="No space left on device") as trouble:
        written(tmp_path / "a", some(), to)
    assert trouble.value.code == Exit.FOLDER
    assert list(tmp_path.iterdir()) == []


def test_the_name_is_there_only_when_all_of_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with target.written(path) as file:
        file.write(b"half")
        assert not path.exists()
        (left,) = tmp_path.iterdir()
        target.sweep(tmp_path)
        assert left.exists(), "a backup that is being written was swept away"
    assert path.read_bytes() == b"half"


def test_what_a_killed_backup_left_goes_with_the_next(tmp_path: Path) -> None:
    (tmp_path / f".old{target.UNFINISHED}").write_bytes(b"half")
    (tmp_path / ".somebody.part").write_bytes(b"theirs")
    written(tmp_path / "a", some())
    assert {path.name for path in tmp_path.iterdir()} == {"a", ".somebody.part"}


def test_a_folder_gets_a_name_that_tells_nothing(tmp_path: Path) -> None:
    path = target.place(tmp_path, "przystan", closed=True)
    assert path.parent == tmp_path
    assert target.NAME.fullmatch(path.name)
    assert target.place(tmp_path, "przystan-keys", closed=True).name.endswith(".age")
    assert target.place(tmp_path, "przystan", closed=False).name.endswith(".tar")


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    with pytest.raises(Trouble, match="is there already"):
        target.place(tmp_path / "a", "przystan", closed=True)
    with pytest.raises(Trouble, match="no folder") as trouble:
        target.place(tmp_path / "away" / "a", "przystan", closed=True)
    assert trouble.value.code == Exit.FOLDER


def test_only_backups_of_ours_and_only_the_oldest_go(tmp_path: Path) -> None:
    days = [f"przystan-2026010{day}-030000.age" for day in range(1, 6)]
    others = ["przystan-keys-20250101-030000.age", "przystan-20250101-030000.age.old", "letter.age"]
    for name in [*days, *others]:
        (tmp_path / name).touch()
    target.keep_newest(tmp_path, 2)
    assert {path.name for path in tmp_path.iterdir()} == {*days[-2:], *others}


def test_a_new_identity_opens_what_is_closed_for_it(tmp_path: Path) -> None:
    recipient = age.new_identity(tmp_path / "identity")
    assert stat.S_IMODE((tmp_path / "identity").stat().st_mode) == 0o600
    path = written(tmp_path / "a", some(), age.recipients([recipient]))
    assert "one" in read(path, age.identities(tmp_path / "identity"))
    with pytest.raises(Trouble, match="Cannot write"):
        age.new_identity(tmp_path / "identity")


@pytest.mark.parametrize("text", ["age1", "nonsense", "AGE-SECRET-KEY-1", ""])
def test_what_is_no_recipient(text: str) -> None:
    with pytest.raises(Trouble, match="no recipient") as trouble:
        age.recipients([text])
    assert trouble.value.code == Exit.USAGE


@pytest.mark.parametrize("text", ["", "AGE-SECRET-KEY-1NONSENSE", "# only words"])
def test_what_is_no_identity(tmp_path: Path, text: str) -> None:
    (tmp_path / "identity").write_text(text)
    with pytest.raises(Trouble, match="identity"):
        age.identities(tmp_path / "identity")


def described(**values: Any) -> Manifest:
    tables = {"a": Table(["id"], 2, "00")}
    return Manifest("2026-11-30T07:00:00+00:00", 18, ["Centre"], ["team.0001"], tables, {"keys/a.key": "1"}, **values)


def test_a_manifest_comes_back() -> None:
    assert Manifest.read(described().written()) == described()
    assert described().rows == 2


def test_a_manifest_of_a_newer_version_or_of_nobody() -> None:
    newer = described().written().replace(b'"format": 1', b'"format": 2, "more": []')
    with pytest.raises(Trouble, match="newer Przysta"):
        Manifest.read(newer)
    for content in (b"", b"[]", b"{}", b'{"format": 1}'):
        with pytest.raises(Trouble, match="not a backup"):
            Manifest.read(content)


def test_an_anchor_added_after_the_snapshot_is_left_out(tmp_path: Path, settings: Any) -> None:
    settings.AUDIT_ANCHORS = tmp_path / "anchors.log"
    settings.AUDIT_ANCHORS.write_bytes(b"t 5 aa 1 bb\nt 900 aa 1 bb\n")
    before = surroundings.anchors_length()
    with settings.AUDIT_ANCHORS.open("ab") as file:
        file.write(b"t 10 aa 1 bb\nt 11 aa 1 bb\n")
    found = surroundings.anchors(10, before)
    assert found == b"t 5 aa 1 bb\nt 900 aa 1 bb\nt 10 aa 1 bb\n", "what was there before stays, whatever it says"


def test_settings_hold_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRZYSTAN_SECRET_KEY", "hush")
    monkeypatch.setenv("PRZYSTAN_HOSTS", "centre.example.org")
    monkeypatch.setenv("DATABASE_URL", "postgres://app:hush@db:5432/centre")
    monkeypatch.setenv("EMAIL_URL", "submission://desk%40example.org:hush@mail:587/")
    said = surroundings.said_settings().decode()
    assert "hush" not in said
    assert "PRZYSTAN_HOSTS=centre.example.org\n" in said
    assert "DATABASE_URL=postgres://app:...@db:5432/centre\n" in said


def test_a_document_that_grows_or_shrinks_meanwhile_keeps_its_size(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    part = surroundings.whole_file("media/a", tmp_path / "a")
    for content, wanted in ((b"1234567", b"12345"), (b"123", b"123\0\0")):
        (tmp_path / "a").write_bytes(content)
        assert b"".join(surroundings._limited(tmp_path / "a", part.size)) == wanted


def test_keys_of_another_centre_are_refused(tmp_path: Path) -> None:
    mine = {"keys/centre-1.key": b"a" * 32, "keys/audit-1.key": b"b" * 32, "secret.key": b"c"}
    wanted = keys.fingerprints(mine)
    assert set(wanted) == {"keys/centre-1.key", "keys/audit-1.key"}
    keys.compare(mine | {"keys/centre-2.key": b"later"}, wanted, tmp_path)
    with pytest.raises(Trouble, match=r"centre-1\.key"):
        keys.compare(mine | {"keys/centre-1.key": b"x" * 32}, wanted, tmp_path)
    with pytest.raises(Trouble, match=r"audit-1\.key"):
        keys.compare({"keys/centre-1.key": b"a" * 32}, wanted, tmp_path)


def test_a_retired_key_counts(tmp_path: Path) -> None:
    wanted = keys.fingerprints({"keys/centre-1.key": b"a" * 32})
    keys.compare({"keys/retired/centre-1.key": b"a" * 32, "keys/centre-2.key": b"b" * 32}, wanted, tmp_path)


def hand_made(path: Path, *members: tuple[dict[str, Any], bytes]) -> Path:
    """A tar as somebody else may write it."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for said, content in members:
            info = tarfile.TarInfo()
            info.size = len(content)
            for name, value in said.items():
                setattr(info, name, value)
            tar.addfile(info, io.BytesIO(content))
    return written(path, [file.getvalue()])


KEY = ({"name": "keys/centre-1.key"}, b"k")
STRANGE: dict[str, list[tuple[dict[str, Any], bytes]]] = {
    "outside": [({"name": "etc/passwd"}, b"root")],
    "up": [({"name": "keys/../../etc/passwd"}, b"root")],
    "absolute": [({"name": "/etc/passwd"}, b"root")],
    "here": [({"name": "keys/./a"}, b"root")],
    "nothing": [({"name": "keys//a"}, b"root")],
    "nul": [({"name": "keys/a\0b" + "x" * 120}, b"root")],
    "long": [({"name": "keys/" + "x" * 300}, b"root")],
    "deep": [({"name": "keys/" + "x/" * 600 + "y"}, b"root")],
    "link": [({"name": "keys/a", "type": tarfile.SYMTYPE, "linkname": "/etc/passwd"}, b"")],
    "hard link": [({"name": "keys/a", "type": tarfile.LNKTYPE, "linkname": "/etc/passwd"}, b"")],
    "device": [({"name": "keys/a", "type": tarfile.CHRTYPE, "devmajor": 1, "devminor": 5}, b"")],
    "pipe": [({"name": "keys/a", "type": tarfile.FIFOTYPE}, b"")],
    "folder": [({"name": "keys/a", "type": tarfile.DIRTYPE}, b"")],
    "sparse": [({"name": "keys/a", "type": tarfile.GNUTYPE_SPARSE}, b"\0" * 512)],
    "sparse of no numbers": [({"name": "keys/a", "pax_headers": {"GNU.sparse.map": "x"}}, b"k")],
    "sparse of negative size": [({"name": "keys/a", "pax_headers": {"GNU.sparse.map": "0,1", "size": "-5"}}, b"k")],
    "twice": [KEY, KEY],
    "below a file": [KEY, ({"name": "keys/centre-1.key/a"}, b"k")],
    "above a file": [({"name": "keys/a/b"}, b"k"), ({"name": "keys/a"}, b"k")],
}


@pytest.mark.parametrize("strange", STRANGE)
def test_what_somebody_else_put_in_is_refused_in_a_sentence(tmp_path: Path, strange: str) -> None:
    path = hand_made(tmp_path / "a", *STRANGE[strange])
    with pytest.raises(Trouble, match=r"not a backup|damaged|or something else as well"):
        keys.opened(path, MINE)
    staged = tmp_path / "staged"
    staged.mkdir()
    with pytest.raises(Trouble, match=r"not a backup|damaged"):
        restoring.unpack(restoring.Source(path, MINE), staged)
    assert set(tmp_path.iterdir()) == {path, staged}


def test_a_part_that_is_too_large_to_be_held_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "SMALL", 10)
    for name in ("keys/centre-1.key", manifest.NAME):
        path = hand_made(tmp_path / name[-3:], ({"name": name}, b"x" * 11))
        with pytest.raises(Trouble, match="not a backup"):
            keys.opened(path, MINE) if "keys" in name else restoring.described(path, MINE)


def test_only_documents_and_what_we_know_is_unpacked(tmp_path: Path) -> None:
    path = written(tmp_path / "a", parts.tarred([parts.whole("postgres/data/pg_hba.conf", b"trust")]))
    with pytest.raises(Trouble, match="not a backup"):
        restoring.unpack(restoring.Source(path, MINE), tmp_path)
    assert list(tmp_path.iterdir()) == [path]


def test_a_manifest_is_looked_for_first(tmp_path: Path) -> None:
    path = written(tmp_path / "a", parts.tarred([parts.whole(manifest.NAME, described().written())]))
    assert restoring.described(path, MINE) == described()
    with pytest.raises(Trouble, match="not a backup"):
        restoring.described(written(tmp_path / "b", some()), MINE)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("postgres://u:geheim@h:5432/db", "postgres://u:...@h:5432/db"),
        ("postgres://u:a:geheim@h/db", "postgres://u:...@h/db"),
        ("postgres://u:a@geheim@h/db", "postgres://u:...@h/db"),
        ("postgres://u@/db?host=/run/pg&password=geheim", "postgres://u@/db?host=/run/pg&password=..."),
        ("postgres://u:a/geheim@h/db", "..."),
        ("postgres://u:a#geheim@h/db", "..."),
        ("postgres://u:[geheim@h/db", "..."),
        ("smtp+tls://me@example.org:geheim@mail:587", "smtp+tls://me@example.org:...@mail:587"),
        ("postgres://h/db", "postgres://h/db"),
    ],
)
def test_no_address_keeps_its_password(address: str, kept: str) -> None:
    """A backup is opened by more people than know the database's password."""
    assert surroundings.without_password(address) == kept


SECRETS = [b"a" * 32, b"b" * 32]


def signed(path: Path, secrets: list[bytes] = SECRETS, more: list[parts.Part] | None = None) -> Path:
    some = [parts.whole("manifest.json", b"{}"), parts.whole("database/000001", b"SELECT 1")]
    some.append(parts.whole("database/000002", b"SELECT 3"))
    return written(path, parts.tarred(chain(seal.sealed(some, secrets), more or [])))


def test_who_has_the_keys_made_it(tmp_path: Path) -> None:
    seal.require(signed(tmp_path / "a"), MINE, SECRETS)


def changed(path: Path) -> Path:
    """Opened, changed and closed again for the same recipient, as whoever knows the public key can."""
    found = read(signed(path.with_suffix(".before"))) | {"database/000001": b"SELECT 2"}
    return written(path, parts.tarred(parts.whole(name, content) for name, content in found.items()))


FORGED: dict[str, Any] = {
    "by other keys": lambda path: signed(path, [b"c" * 32]),
    "by one of two": lambda path: signed(path, SECRETS[:1]),
    "changed": changed,
    "without a seal": lambda path: written(path, some()),
    "with something behind": lambda path: signed(path, more=[parts.whole("media/a", b"x")]),
    "with an empty seal": lambda path: written(path, parts.tarred([parts.whole(seal.NAME, b"")])),
}


@pytest.mark.parametrize("how", FORGED)
def test_what_others_made_is_refused(tmp_path: Path, how: str) -> None:
    with pytest.raises(Trouble, match="not made with these keys"):
        seal.require(FORGED[how](tmp_path / "a"), MINE, SECRETS)


EXCHANGED: dict[str, Any] = {
    "another database": changed,
    "other settings": lambda path: written(path, parts.tarred([parts.whole("manifest.json", b"{ }")])),
    "a piece less": lambda path: cut(path, "database/000002"),
    "what is read first is gone": lambda path: cut(path, "manifest.json"),
}


def cut(path: Path, name: str) -> Path:
    """The same backup without one of its parts."""
    found = read(signed(path.with_suffix(".before")))
    del found[name]
    return written(path, parts.tarred(parts.whole(*one) for one in found.items()))


@pytest.mark.parametrize("how", [*EXCHANGED, ""])
def test_a_backup_exchanged_after_its_seal_was_compared_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """It is read twice: whoever writes where backups lie has time between."""
    said: list[bytes] = []
    monkeypatch.setattr(restoring.loading, "load", lambda dump, finish: [said.extend(dump), finish()])
    path, staged = signed(tmp_path / "a"), tmp_path / "staged"
    staged.mkdir()
    proven = seal.require(path, MINE, SECRETS)
    path.unlink()
    (EXCHANGED[how] if how else signed)(path)
    with pytest.raises(Trouble, match="not made with these keys") if how else nullcontext():
        restoring.unpack(restoring.Source(path, MINE, proven), staged)
    assert b"SELECT 2" not in said
    assert how or said == [b"SELECT 1", b"SELECT 3"]


def test_a_retired_key_seals_what_it_sealed() -> None:
    then = {"keys/centre-1.key": b"a", "keys/audit-1.key": b"b"}
    now = {"keys/retired/centre-1.key": b"a", "keys/centre-2.key": b"c", "keys/audit-1.key": b"b"}
    wanted = keys.fingerprints(then)
    assert keys.secrets(now, wanted) == keys.secrets(then, wanted) == [b"b", b"a"]


@pytest.mark.parametrize(
    ("said", "passes"),
    [(b"--\n\n\\restrict a\n\nSET x = 1;\n", True), (b"--\nSET x = 1;\n\\! id\n", False), (b"", True)],
)
def test_a_dump_gives_psql_no_commands(said: bytes, passes: bool) -> None:
    with nullcontext() if passes else pytest.raises(Trouble, match="too old to be safe"):
        script = b"".join(loading.script(io.BytesIO(said), 18))
        assert script == (b"\\restrict a\nBEGIN;\n\nSET x = 1;\n" if said else b"")


def sealed_as(*named: tuple[str, bytes]) -> bytes:
    """The seal of parts with these names and contents."""
    *_, told = (b"".join(part.content) for part in seal.sealed([parts.whole(*one) for one in named], [b"key"]))
    return told


def test_the_seal_knows_what_a_part_is_called_and_where_it_ends() -> None:
    first = sealed_as(("a", b"12"), ("b", b"3"))
    assert first not in (sealed_as(("a", b"1"), ("b", b"23")), sealed_as(("a", b"12"), ("c", b"3")))
    assert first == sealed_as(("a", b"12"), ("b", b"3"))
