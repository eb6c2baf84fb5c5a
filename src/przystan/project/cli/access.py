"""Write docs/access.md: who may see what, from the tables that decide."""

import argparse
import os
from collections.abc import Sequence
from gettext import gettext as _
from pathlib import Path

from przystan.project.trouble import Exit

FILE = "docs/access.md"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", default=FILE, help=_("where to (default: %(default)s)"))


def run(options: argparse.Namespace) -> int:
    # No table is asked: the address only keeps settings from looking for a server.
    os.environ.setdefault("DATABASE_URL", "postgres:///none")
    import django

    django.setup()
    Path(options.file).write_text(text(), encoding="utf-8")
    return Exit.FINE


def text() -> str:
    """The page as Markdown, in English."""
    from django.utils import translation

    from przystan.privacy.queries.access import access_tables

    with translation.override("en"):
        found = access_tables()
        parts = [
            "# Who may see what\n\nWritten by `przystan access` from the tables that decide; a test keeps it true.",
            "## Roles and their rights",
            *(
                f"**{role.name}** ({role.code}). {role.prose} Rights: {_listed(labels)}."
                for role, labels in found.roles
            ),
            "## What is seen, by tier and by what one is to the person or the file",
            _table(["", *map(str, found.standings)], found.verdicts),
            "## Fields by tier\n\nEverything that is not here is tier 0.",
            _table(
                ["table", "fields"],
                [[label, "; ".join(f"T{tier}: {names}" for tier, names in tiers)] for label, _, tiers in found.models],
            ),
            "## Addresses and the right that each asks for",
            _table(["address", "for whoever may"], [[f"`{name}`", who] for name, who in found.addresses]),
        ]
    return "\n\n".join(parts) + "\n"


def _listed(labels: Sequence[object]) -> str:
    return "; ".join(map(str, labels)) or "none"


def _table(head: list[str], rows: Sequence[Sequence[object]]) -> str:
    lines: list[Sequence[object]] = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
