"""Mutation score: of small faults put into the rules one by one, how many some test notices.

`make mutants` installs what it needs. cosmic-ray makes the faults, in a copy of the repository under .mutants/.
Each is tried on its module's tests that reach its line (bench/mutants_tests.py), then on those for every module.
What came of each is a line of .mutants/SEED.jsonl; `--again` tries those that survived there, when there are new tests.
Why this tool, and what it leaves out: docs/decisions/0044. Figures: bench/mutants.md.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from unittest import mock

from cosmic_ray.commands.init import init
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec

from mutants_tests import Tests
from mutants_tried import Result, again, told, tried
from przystan.project.cluster import Share

REPOSITORY = Path(__file__).resolve().parents[1]
WORKSHOP = REPOSITORY / ".mutants"
HOUSE = WORKSHOP / "house"
RULES = ("rules", "policies", "actions", "queries")
# Each is one small slip of a hand; other operators make faults that nobody makes, or that Python itself refuses.
SLIPS = {
    *("core/AddNot", "core/NumberReplacer", "core/ZeroIterationForLoop", "core/ExceptionReplacer"),
    *("core/ReplaceTrueWithFalse", "core/ReplaceFalseWithTrue", "core/ReplaceAndWithOr", "core/ReplaceOrWithAnd"),
    *("core/ReplaceBreakWithContinue", "core/ReplaceContinueWithBreak", "core/ReplaceUnaryOperator_Delete_Not"),
    *("core/ReplaceUnaryOperator_Delete_USub", "core/ReplaceUnaryOperator_Delete_Invert"),
    *(
        f"core/ReplaceBinaryOperator_{pair}"
        for pair in ("Add_Sub", "Sub_Add", "Mul_Div", "BitOr_BitAnd", "BitAnd_BitOr")
    ),
    *(
        f"core/ReplaceComparisonOperator_{pair}"
        for pair in ("Eq_NotEq", "NotEq_Eq", "Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt", "Is_IsNot", "IsNot_Is")
    ),
}


def main() -> int:
    options = arguments().parse_args()
    copy_house()
    os.chdir(HOUSE)
    tests = Tests(HOUSE, WORKSHOP / "map", RULES)
    random.seed(options.seed)
    print(f"seed {options.seed}, at most {options.count} mutants in {options.minutes:g} minutes", flush=True)
    # One server for all that test: none has to wait for its start.
    with use_db(":memory:", WorkDB.Mode.create) as db, Share(HOUSE / ".test-centre", safe=False):
        with mock.patch("cosmic_ray.plugins.operator_names", return_value=sorted(SLIPS)):
            init([] if options.again else sources(options.modules, options.count), db, {})
        chosen = again(options.again, HOUSE) if options.again else drawn(db, options.count)
        ends = time.monotonic() + options.minutes * 60
        written = WORKSHOP / f"{options.seed}.jsonl"

        def work(spec: MutationSpec) -> Result | None:
            return tried(spec, tests, written) if time.monotonic() < ends else None

        with ThreadPoolExecutor(options.workers) as side_by_side:
            results = [one for one in side_by_side.map(work, chosen) if one]
    print(*told(results), sep="\n")
    return 0


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", help="of these alone; none: of all")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=60, help="those not begun by then are left out")
    parser.add_argument("--workers", type=int, default=2, help="how many are tried side by side")
    parser.add_argument("--seed", default=os.environ.get("SEED", datetime.now(UTC).date().isoformat()))
    parser.add_argument(
        "--again", metavar="FILE", type=lambda name: Path(name).resolve(), help="those that survived in it, alone"
    )
    return parser


def copy_house() -> None:
    """What git knows, and what it would: mutants are put into a copy, so that nobody's work is touched."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    for folder in ("src", "tests"):
        shutil.rmtree(HOUSE / folder, ignore_errors=True)
    compiled = [str(path.relative_to(REPOSITORY)) for path in REPOSITORY.glob("src/**/*.mo")]
    for name in filter(None, [*listed.split("\0"), *compiled]):
        if (REPOSITORY / name).is_file():
            (HOUSE / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPOSITORY / name, HOUSE / name)


def sources(modules: list[str], count: int) -> list[Path]:
    """As many files of each module, at random, as there are mutants of it to be tried."""
    found = defaultdict(list)
    for path in sorted(Path("src/przystan").glob("*/**/*.py")):
        if set(path.with_suffix("").parts) & set(RULES) and "migrations" not in path.parts:
            found[path.parts[2]].append(path)
    wanted = {name: paths for name, paths in found.items() if not modules or name in modules}
    each = -(-count // max(1, len(wanted)))
    return [path for paths in wanted.values() for path in random.sample(paths, min(each, len(paths)))]


def drawn(db: WorkDB, count: int) -> list[MutationSpec]:
    """As many of each module as of any other, one of a line at most."""
    by_module, seen = defaultdict(list), set()
    items = sorted(db.work_items, key=lambda item: (str(item.mutations[0].module_path), item.mutations[0].start_pos))
    random.shuffle(items)
    for item in items:
        spec = item.mutations[0]
        line = spec.module_path, spec.start_pos[0]
        if spec.operator_name in SLIPS and line not in seen and not said_to_types(spec):
            seen.add(line)
            by_module[spec.module_path.parts[2]].append(spec)
    rounds = [[specs[place] for specs in by_module.values() if place < len(specs)] for place in range(count)]
    return [spec for one in rounds for spec in one][:count]


def said_to_types(spec: MutationSpec) -> bool:
    """Whether it is said to those who check types: an annotation, TYPE_CHECKING, that nobody changes a dataclass."""
    return any(inside(note, spec.start_pos) for note in notes_of(spec.module_path))


@cache
def notes_of(path: Path) -> list[ast.expr]:
    """Every annotation, decorator of a class and question for TYPE_CHECKING in a file."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    found = [getattr(node, word, None) for node in nodes for word in ("annotation", "returns")]
    found += [one for node in nodes if isinstance(node, ast.ClassDef) for one in node.decorator_list]
    found += [node for node in nodes if isinstance(node, ast.Name) and node.id == "TYPE_CHECKING"]
    return [note for note in found if note is not None]


def inside(note: ast.expr, place: tuple[int, int]) -> bool:
    return (note.lineno, note.col_offset) <= tuple(place) <= (note.end_lineno or 0, note.end_col_offset or 0)


if __name__ == "__main__":
    sys.exit(main())
