"""What deploy/przystan.service asks of systemd, done without it as far as one program can: then runs a command.

    python shut_in.py UNIT FOLDER USER COMMAND...

As root: everything but FOLDER is read-only, homes and /tmp are empty, USER (a number) has no capability and gains none,
and the kernel refuses the system calls and the families of addresses that the unit leaves out (by libseccomp, which is
there where systemd is). Not done: ProtectProc, PrivateDevices, RestrictNamespaces and other locks on what nobody opens.
"""

import ctypes
import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

ALLOW, REFUSE = 0x7FFF0000, 0x00050000  # actions of libseccomp; the error's number is added to the second
EQUAL = 4
EMPTY = {"/tmp": "1777", "/root": "0755", "/home": "0755"}
CLOSED = "--no-new-privs --bounding-set=-all --inh-caps=-all --clear-groups"


def values(unit: Path, name: str) -> list[str]:
    """What a setting of the unit says, one string for each of its lines."""
    lines = [line.partition("=") for line in unit.read_text().splitlines()]
    return [value for key, _equals, value in lines if key == name]


def calls(words: str) -> set[str]:
    """System calls by their names, and those of groups such as @system-service."""
    found = set()
    for word in words.split():
        if not word.startswith("@"):
            found.add(word)
            continue
        said = subprocess.run(["systemd-analyze", "syscall-filter", word], check=True, capture_output=True, text=True)
        inner = [line.strip() for line in said.stdout.splitlines()[1:]]
        found |= calls(" ".join(line for line in inner if line and not line.startswith("#")))
    return found


def allowed(unit: Path) -> set[str]:
    """The system calls that are left: each line adds to them, or takes away where it begins with "~"."""
    left: set[str] = set()
    for line in values(unit, "SystemCallFilter"):
        left = left - calls(line[1:]) if line.startswith("~") else left | calls(line)
    return left


class Compare(ctypes.Structure):
    _fields_ = [("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


def refuse_calls(names: set[str], families: set[int]) -> None:
    """From here on the kernel answers EPERM to every other call, and knows no other family of addresses."""
    library = ctypes.CDLL("libseccomp.so.2", use_errno=True)
    library.seccomp_init.restype = ctypes.c_void_p
    rules = ctypes.c_void_p(library.seccomp_init(REFUSE | errno.EPERM))
    open_socket = library.seccomp_syscall_resolve_name(b"socket")
    for number in {library.seccomp_syscall_resolve_name(name.encode()) for name in names} - {open_socket}:
        if number >= 0:
            library.seccomp_rule_add_array(rules, ALLOW, number, 0, None)
    for family in families:
        wanted = Compare(0, EQUAL, family, 0)
        library.seccomp_rule_add_array(rules, ALLOW, open_socket, 1, ctypes.byref(wanted))
    if code := library.seccomp_load(rules):
        raise OSError(-code, os.strerror(-code))


def make_read_only(folder: Path) -> None:
    """In a namespace of mounts of our own: nothing can be written but the folder and a /tmp that is empty.

    These sources and Python itself stay where they are, even where that is a home or /tmp.
    """
    kept = [folder, Path(__file__).resolve().parents[2], Path(sys.base_prefix)]
    aside = Path("/mnt")
    run("mount", "-t", "tmpfs", "tmpfs", str(aside))
    for number, where in enumerate(kept):
        (aside / str(number)).mkdir()
        run("mount", "--bind", str(where), str(aside / str(number)))
    for line in Path("/proc/self/mounts").read_text().splitlines():
        place = line.split()[1]
        if not place.startswith(("/proc", "/sys", "/dev", f"{aside}/0")):
            subprocess.run(["mount", "-o", "remount,bind,ro", place], check=False, stderr=subprocess.DEVNULL)
    for place, mode in EMPTY.items():
        run("mount", "-t", "tmpfs", "-o", f"mode={mode}", "tmpfs", place)
    for number, where in enumerate(kept):
        where.mkdir(parents=True, exist_ok=True)
        run("mount", "--bind", str(aside / str(number)), str(where))


def run(*words: str) -> None:
    subprocess.run(words, check=True)


def main() -> None:
    unit, folder, user, *command = sys.argv[1:]
    if os.geteuid() == 0:
        make_read_only(Path(folder))
        shut = ["setpriv", "--reuid", user, "--regid", user, *CLOSED.split()]
        os.execvp(shut[0], [*shut, sys.executable, *sys.argv])
    families = {getattr(socket, name) for name in values(Path(unit), "RestrictAddressFamilies")[0].split()}
    refuse_calls(allowed(Path(unit)), families)
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
