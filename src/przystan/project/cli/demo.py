"""Start a demo centre with synthetic people on this machine.

The first start makes the data; later ones keep it. Nothing in it is about a real person. Never enter real data: the
passwords are known and there is no second factor.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Any

from przystan.project import logs, threads
from przystan.project.cluster import data_dir
from przystan.project.ownership import alone
from przystan.project.supervision import ports, programs, stopping, supervisor
from przystan.project.supervision.parts import Pages, Part, Program
from przystan.project.trouble import Exit, Trouble

from . import centre, numbers

DEFAULT_PORT = 8000


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--people", type=numbers.some, default=2000, help=_("how many people a new demo has (default %(default)s)")
    )
    parser.add_argument("--supports", type=numbers.number(0), help=_("how many supports (default ten for each person)"))
    parser.add_argument("--seed", type=int, default=2014, help=_("the same seed makes the same people"))
    parser.add_argument("--host", default="127.0.0.1", help=_("address to listen on (default: this machine only)"))
    parser.add_argument(
        "--port", type=numbers.port, help=_("port (default %(port)d, or the next free one)") % {"port": DEFAULT_PORT}
    )
    parser.add_argument("--no-serve", action="store_true", help=_("make the data, then stop"))


def run(options: argparse.Namespace) -> int:
    os.environ["PRZYSTAN_DEMO"] = "1"
    logs.begin(logs.PLAIN)
    port = chosen_port(options)
    with stopping.stoppable(), centre.served(options.host, port, owner=True, founding=True) as parts:
        with alone():
            centre.migrate()
            accounts = filled(options)
        centre.close_connections()
        if not options.no_serve:
            serve(options.host, port, accounts, parts)
    if not options.no_serve:
        centre.say(_("Stopped. The data stays; the same command starts it again."))
    return Exit.FINE


def chosen_port(options: argparse.Namespace) -> int:
    """The port asked for, or the next free one when none was."""
    if options.no_serve:
        return 0
    if options.port:
        return int(options.port)
    port = ports.next_free(options.host, DEFAULT_PORT)
    if port != DEFAULT_PORT:
        said = _("Port %(taken)d is taken; using %(port)d. Choose another one with --port.")
        centre.say(said % {"taken": DEFAULT_PORT, "port": port})
    return port


def filled(options: argparse.Namespace) -> list[dict[str, str]]:
    """The accounts of the demo; builds it if the database is empty."""
    from przystan.team.models import Organisation

    notes = data_dir() / "demo.json"
    if Organisation.objects.filter(is_demo=False).exists():
        raise Trouble(
            _("This database holds a real centre; the demo stays out of it. Choose another folder with --data."),
            Exit.FOLDER,
        )
    if Organisation.objects.exists():
        return noted(notes)
    return built(options, notes)


def noted(notes: Path) -> list[dict[str, str]]:
    """The accounts as they were noted when the demo was made; without the note (killed before it), as always made."""
    from przystan.project.demo.building import demo_accounts

    try:
        return list(json.loads(notes.read_text())["accounts"])
    except (OSError, ValueError, KeyError):
        return [account(one) for one in demo_accounts()]


def built(options: argparse.Namespace, notes: Path) -> list[dict[str, str]]:
    """Make the demo's data and note its accounts."""
    from przystan.project.demo import build

    making = ngettext(
        "Making a demo centre with %(count)d person…", "Making a demo centre with %(count)d people…", options.people
    )
    centre.say(making % {"count": options.people})
    summary = build(people=options.people, supports=options.supports, seed=options.seed, progress=Progress())
    accounts = [account(one) for one in summary.accounts]
    notes.write_text(json.dumps({"accounts": accounts}, ensure_ascii=False, indent=1))
    return accounts


def account(one: Any) -> dict[str, str]:
    """An account of DemoSummary as plain text: role, login, password."""
    values = one if isinstance(one, list | tuple) else (one.role, one.login, one.password)
    return dict(zip(("role", "login", "password"), map(str, values), strict=False))


class Progress:
    """Draws how far the building is; quiet when nobody looks."""

    def __init__(self) -> None:
        self.stages = {
            "centre": _("the centre"),
            "people": _("people and their supports"),
            "payers": _("who paid"),
            "closing": _("closing the past months"),
        }

    def __call__(self, stage: str, share: float) -> None:
        if sys.stderr.isatty():
            end = "\n" if share >= 1 else ""
            print(f"\r\033[K  {share:4.0%}  {self.stages[stage]}", end=end, file=sys.stderr, flush=True)


def serve(host: str, port: int, accounts: list[dict[str, str]], parts: Sequence[Part]) -> None:
    """Serve until Ctrl-C."""
    url = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}/"  # noqa: S104
    wanted = [Pages(programs.granian(host, port, workers=threads.processes()), url), Program("worker", programs.jobs())]
    supervisor.run(wanted, parts, folder=data_dir(), ready=lambda: greet(url, accounts))


def greet(url: str, accounts: list[dict[str, str]]) -> None:
    """Print the address and one account for each role."""
    from przystan.access.roles import BY_CODE
    from przystan.casework.demo import PASSPHRASE

    print("", _("Przystań runs at %(url)s") % {"url": url}, "", _("Log in as one of:"), sep="\n")
    width = max((len(one["login"]) for one in accounts), default=0)
    for one in accounts:
        role = BY_CODE[one["role"]].name if one["role"] in BY_CODE else one["role"]
        print(f"  {one['login']:<{width}}  {one['password']}  {role}")
    opens = _("Legal, psychological and protection files open with the passphrase %(passphrase)s")
    print("", opens % {"passphrase": PASSPHRASE}, "", _("Ctrl-C stops it."), sep="\n", flush=True)
