"""The process that reads what strangers sent: it takes its own rights away before it looks at the file."""

import ctypes
import gc
import json
import os
import resource
import signal
import sys
import warnings
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, BinaryIO

TOO_MUCH = 3  # exit code: more memory was wanted than there is
PR_SET_PDEATHSIG = 1
BEGINNING = 256  # bytes
POLITE = 10  # of nice: people who wait for pages go first

Work = Callable[[Any, BinaryIO], Iterable[Any]]  # an order and the file -> messages, each ready for JSON


def serve(work: Work, prepare: Callable[[bytes], None] = lambda beginning: None) -> None:
    """Do `work` for the parent: the order comes on standard input, the file by its number; messages go out as lines.

    `prepare` loads what a file that begins like this needs: afterwards nothing can be opened any more.
    """
    bounds, order = json.load(sys.stdin.buffer)
    with open(int(sys.argv[1]), "rb") as file:
        prepare(file.read(BEGINNING))
        file.seek(0)
        warnings.simplefilter("ignore")
        confine(bounds["seconds"], bounds["memory"])
        try:
            for message in work(order, file):
                sys.stdout.buffer.write(json.dumps(message).encode() + b"\n")
            sys.stdout.buffer.flush()
        except MemoryError:
            os._exit(TOO_MUCH)


def confine(seconds: int, memory: int) -> None:
    """No more processor time or memory than this, no further file, socket or process, nothing written to disk."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    with suppress(OSError):  # where even that is forbidden, files are read all the same
        os.nice(POLITE)
    gc.disable()  # what is read is kept until the end: looking for rubbish would only cost
    free = os.dup(0)
    os.close(free)
    for limit in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC):
        resource.setrlimit(limit, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))  # SIGXCPU first, which says why
    resource.setrlimit(resource.RLIMIT_NOFILE, (free, free))  # numbers are given out from below: there is none left
