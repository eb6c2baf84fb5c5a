"""Run benchmarks of the repository against named alternatives.

Without a name, lists them. What follows the name goes to the benchmark: przystan bench names --pairs FILE
"""

import argparse
import subprocess
import sys
from gettext import gettext as _
from pathlib import Path

from przystan.project.cluster import PACKAGE
from przystan.project.trouble import Exit, Trouble

FOLDER = PACKAGE.parents[1] / "bench"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", help=_("a benchmark; none: list them"))
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=_("options of the benchmark"))


def run(options: argparse.Namespace) -> int:
    scripts = found()
    if not options.name:
        for name, path in scripts.items():
            print(f"{name:<14} {first_line(path)}")
        return Exit.FINE
    if options.name not in scripts:
        said = _("There is no benchmark %(name)s. There are: %(names)s.")
        raise Trouble(said % {"name": options.name, "names": ", ".join(scripts)}, Exit.USAGE)
    return subprocess.run([sys.executable, str(scripts[options.name]), *options.rest], check=False).returncode  # noqa: S603


def found() -> dict[str, Path]:
    """Name -> script. Raises Trouble without a checkout of the repository."""
    scripts = {path.stem: path for path in sorted(FOLDER.glob("*.py")) if '"__main__"' in path.read_text()}
    if not scripts:
        raise Trouble(_("The benchmarks are in the repository's folder bench/, which is not here."))
    return scripts


def first_line(path: Path) -> str:
    return path.read_text().removeprefix('"""').split("\n")[0].strip('"')
