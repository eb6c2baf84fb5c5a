"""Serve a centre: the pages and, beside them, the worker.

Put a proxy with TLS before it and name the public host in PRZYSTAN_HOSTS. Refuses to start when the database could
lose saved work, or when its role there is one that need-to-know does not bind.
"""

import argparse
import os
from gettext import gettext as _

from przystan.access import names
from przystan.project import database, logs, ownership, threads
from przystan.project.cluster import data_dir
from przystan.project.supervision import programs, stopping, supervisor
from przystan.project.supervision.parts import Pages, Program
from przystan.project.trouble import Exit, Trouble

from . import centre, numbers

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help=_("address to listen on (default: this machine only)"))
    parser.add_argument("--port", type=numbers.port, default=8000, help=_("port (default 8000)"))
    parser.add_argument(
        "--workers", type=numbers.some, default=threads.processes(), help=_("processes (default: one a core)")
    )
    parser.add_argument("--threads", type=numbers.some, default=threads.STAFF, help=_("threads of each (default 4)"))
    parser.add_argument("--no-worker", action="store_true", help=_("leave the jobs to `przystan worker` elsewhere"))


def run(options: argparse.Namespace) -> int:
    logs.begin(logs.JSON)
    os.environ[threads.VARIABLE] = str(options.threads)
    with stopping.stoppable(), centre.served(options.host, options.port) as parts:
        centre.require_migrated()
        require_safe()
        ownership.require_bound()
        centre.close_connections()
        url = f"http://{options.host}:{options.port}/"
        web = programs.granian(options.host, options.port, workers=options.workers)
        wanted = [Pages(web, url), *([] if options.no_worker else [Program("worker", programs.jobs())])]
        words = addresses(options.host, options.port)
        supervisor.run(wanted, parts, folder=data_dir(), ready=lambda: print(words, flush=True))
    return Exit.FINE


def addresses(host: str, port: int) -> str:
    """Where to open the centre: on this machine, if it answers to that name, and for everybody else."""
    from django.conf import settings
    from django.http.request import validate_host

    shown = names.HERE if names.is_here(host) or host in EVERYWHERE else f"[{host}]" if ":" in host else host
    public = ", ".join(f"https://{name}/" for name in settings.PUBLIC_NAMES) if settings.HTTPS else ""
    if public and not validate_host(shown, settings.ALLOWED_HOSTS):
        said = [_("Przystań is ready. Open %(url)s, through your proxy with TLS.") % {"url": public}]
        return "\n".join([*said, _("Ctrl-C stops it.")])
    said = [_("Przystań is ready. On this machine open %(url)s") % {"url": f"http://{shown}:{port}/"}]
    if public:
        said.append(_("Everybody else opens %(url)s, through your proxy with TLS.") % {"url": public})
    else:
        said.append(
            _("Nobody else reaches it yet: put a proxy with TLS before it, and name its host in PRZYSTAN_HOSTS.")
        )
    return "\n".join([*said, _("Ctrl-C stops it.")])


def require_safe() -> None:
    """Refuse settings of the database with which saved work can be lost."""
    if os.environ.get("PRZYSTAN_ACCEPT_UNSAFE_DATABASE") == "1":
        return
    if unsafe := database.unsafe_settings():
        said = _(
            "This database can lose saved work: %(faults)s. Turn that on, or, where the storage itself guarantees it, "
            "set PRZYSTAN_ACCEPT_UNSAFE_DATABASE=1."
        )
        raise Trouble(said % {"faults": ", ".join(unsafe)}, Exit.UNSAFE)
