"""Mutation score: of small faults put into the rules one by one, how many some test notices.

`make mutants` installs what it needs. cosmic-ray makes the faults, in a copy of the repository under .mutants/.
Each is tried on its module's tests that reach its line (bench/mutants_tests.py), then on those for every module.
Why this tool, and what it leaves out: docs/decisions/0044.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

from cosmic_ray.commands.init import init
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, WorkItem

from mutants_tests import Tests

REPOSITORY = Path(__file__).resolve().parents[1]
WORKSHOP = REPOSITORY / ".mutants"
HOUSE = WORKSHOP / "house"
RULES = ("rules", "policies", "actions", "queries")
TIMEOUT = 300  # seconds for one mutant; a test that never ends has noticed it
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
    if options.map:
        shutil.rmtree(WORKSHOP / "map", ignore_errors=True)
    tests = Tests(HOUSE, WORKSHOP / "map")
    random.seed(options.seed)
    began = time.monotonic()
    print(f"seed {options.seed}, at most {options.count} mutants in {options.minutes} minutes", flush=True)
    with use_db(str(WORKSHOP / "session.sqlite"), WorkDB.Mode.create) as db:
        with mock.patch("cosmic_ray.plugins.operator_names", return_value=sorted(SLIPS)):
            init(sources(options.modules, options.count), db, {})
        for item in drawn(db, options.count):
            if time.monotonic() - began > options.minutes * 60:
                print("the time is over")
                break
            tried(db, item, tests)
        return told(db)


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", help="of these alone; none: of all")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", default=os.environ.get("SEED", datetime.now(UTC).date().isoformat()))
    parser.add_argument("--map", action="store_true", help="find out anew which tests reach which lines")
    return parser


def copy_house() -> None:
    """What git knows, and what it would: mutants are put into a copy, so that nobody's work is touched."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    for folder in ("src", "tests"):
        shutil.rmtree(HOUSE / folder, ignore_errors=True)
    for name in filter(None, listed.split("\0")):
        if (REPOSITORY / name).is_file():
            (HOUSE / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPOSITORY / name, HOUSE / name)
    for compiled in REPOSITORY.glob("src/przystan/locale/**/*.mo"):
        shutil.copy2(compiled, HOUSE / compiled.relative_to(REPOSITORY))


def sources(modules: list[str], count: int) -> list[Path]:
    """As many files of each module, at random, as there are mutants of it to be tried."""
    found = defaultdict(list)
    for path in sorted(Path("src/przystan").glob("*/**/*.py")):
        if set(path.with_suffix("").parts) & set(RULES) and "migrations" not in path.parts:
            found[path.parts[2]].append(path)
    wanted = {name: paths for name, paths in found.items() if not modules or name in modules}
    each = -(-count // max(1, len(wanted)))
    return [path for paths in wanted.values() for path in random.sample(paths, min(each, len(paths)))]


def drawn(db: WorkDB, count: int) -> list[WorkItem]:
    """As many of each module as of any other, one of a line at most."""
    by_module, seen = defaultdict(list), set()
    items = sorted(db.work_items, key=lambda item: (str(item.mutations[0].module_path), item.mutations[0].start_pos))
    random.shuffle(items)
    for item in items:
        spec = item.mutations[0]
        line = spec.module_path, spec.start_pos[0]
        if spec.operator_name in SLIPS and line not in seen and not said_to_types(spec):
            seen.add(line)
            by_module[spec.module_path.parts[2]].append(item)
    rounds = [[items[place] for items in by_module.values() if place < len(items)] for place in range(count)]
    return [item for one in rounds for item in one][:count]


def said_to_types(spec: MutationSpec) -> bool:
    """Whether it stands in an annotation: Python itself refuses most mutants there."""
    tree = ast.parse(spec.module_path.read_text())
    notes = [
        note
        for node in ast.walk(tree)
        for note in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if note is not None
    ]
    return any(note.lineno <= spec.start_pos[0] <= note.end_lineno for note in notes if inside(note, spec.start_pos))


def inside(note: ast.expr, place: tuple[int, int]) -> bool:
    return (note.lineno, note.col_offset) <= tuple(place) <= (note.end_lineno or 0, note.end_col_offset or 0)


def tried(db: WorkDB, item: WorkItem, tests: Tests) -> None:
    spec = item.mutations[0]
    name, line = str(spec.module_path), spec.start_pos[0]
    began = time.monotonic()
    for command in tests.commands(name, line):
        result = mutate_and_test(item.mutations, command, TIMEOUT)
        if result.is_killed:
            break
    db.set_result(item.job_id, result)
    said = "noticed" if result.is_killed else "SURVIVED"
    print(f"{said:<9} {name}:{line} {spec.operator_name.split('/')[1]} {time.monotonic() - began:.0f} s", flush=True)
    if not result.is_killed:
        print(
            *(row for row in (result.diff or "").split("\n") if row[:1] in "+-" and row[1:2] not in "+-"),
            sep="\n",
            flush=True,
        )


def told(db: WorkDB) -> int:
    """The score of each module and of all, as lines of a table."""
    results, all_, noticed = dict(db.results), Counter[str](), Counter[str]()
    for item in db.work_items:
        if item.job_id in results:
            for of in (item.mutations[0].module_path.parts[2], "all"):
                all_[of] += 1
                noticed[of] += results[item.job_id].is_killed
    for of in sorted(all_, key=lambda name: (name == "all", name)):
        print(f"| {of} | {noticed[of]} of {all_[of]} | {noticed[of] / all_[of]:.0%} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
