"""The keys of a centre in a file of their own: without it a backup of the database opens no sealed text."""

from collections.abc import Iterable, Iterator
from gettext import gettext as _
from hashlib import sha256
from pathlib import Path
from typing import Any

from przystan.access import keyfiles
from przystan.project import cluster
from przystan.project.secret import FILE as SECRET
from przystan.project.trouble import Exit, Trouble

from . import age, target
from .parts import read, tarred, whole

FOLDER = "keys"  # in the file; where it lies on this machine is a setting
Keys = dict[str, bytes]  # "keys/centre-1.key" -> its content


def backup_keys(place: Path, to: list[Any]) -> Path:
    """Write all key files into one file closed for `to`; returns its place. Raises Trouble."""
    path = target.place(place, "przystan-keys", closed=bool(to))
    found = there()
    if not any(name.startswith(f"{FOLDER}/") for name in found):
        raise Trouble(_("There are no keys in %s yet.") % keyfiles.folder(), Exit.FOLDER)
    with target.written(path) as file:
        age.close(tarred(whole(name, content) for name, content in found.items()), file, to)
    return path


def there() -> Keys:
    """The key files of this centre: those in use, those retired, the notes which are on paper, and `secret.key`."""
    folder = keyfiles.folder()
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(".")]
    found = {f"{FOLDER}/{path.relative_to(folder)}": path.read_bytes() for path in paths}
    secret = cluster.data_dir() / SECRET
    return found | ({SECRET: secret.read_bytes()} if secret.exists() else {})


def fingerprints(found: Keys) -> dict[str, str]:
    """Name -> what tells one key from another and nothing about either; only files that close something."""
    return {
        name: sha256(b"przystan key file\n" + content).hexdigest()[:32]
        for name, content in found.items()
        if name.startswith(f"{FOLDER}/") and name.endswith(".key") and name.count("/") == 1
    }


def opened(file: Path, identities: list[Any]) -> Keys:
    """The key files in a file of them. Raises Trouble."""
    with age.opened(file, identities) as stream:
        found = {}
        for name, content in read(stream):
            if name != SECRET and not name.startswith(f"{FOLDER}/"):
                raise _no_keys(file)
            found[name] = content.whole()
        stream.finish()
    if not found.keys() - {SECRET}:
        raise _no_keys(file)
    return found


def _no_keys(file: Path) -> Trouble:
    return Trouble(_("There are no keys of a centre in %s, or something else as well. Nothing was changed.") % file)


def compare(found: Keys, wanted: dict[str, str], file: Path) -> None:
    """Raise Trouble unless every key that a backup needs is among these."""
    have = fingerprints(_in_use_then(found))
    if wrong := [Path(name).name for name in wanted if have.get(name) != wanted[name]]:
        raise Trouble(
            _("The keys in %(file)s are not those of this backup: %(names)s. Nothing was changed.")
            % {"file": file, "names": ", ".join(wrong)}
        )


def secrets(found: Keys, wanted: Iterable[str]) -> list[bytes]:
    """Contents of the keys that a backup names, in the order of their names; of those that are there."""
    have = _in_use_then(found)
    return [have[name] for name in sorted(wanted) if name in have]


def _in_use_then(found: Keys) -> Keys:
    """A key that has been retired since stands where it stood."""
    return {name.replace("/retired/", "/"): content for name, content in found.items()} | found


def conflicts(found: Keys) -> Iterator[str]:
    """Key files here that are others than those found: they are never written over."""
    for name, content in found.items():
        path = place_of(name)
        if name != SECRET and path.exists() and path.read_bytes() != content:
            yield str(path)


def put(found: Keys) -> None:
    """Write the key files to their places. `secret.key` of a centre that is only now made gives way."""
    for name, content in found.items():
        path = place_of(name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if name == SECRET:
            path.unlink(missing_ok=True)
        keyfiles.write(path, content)


def place_of(name: str) -> Path:
    """Where a key file belongs on this machine."""
    if name == SECRET:
        return cluster.data_dir() / SECRET
    return keyfiles.folder() / Path(name).relative_to(FOLDER)
