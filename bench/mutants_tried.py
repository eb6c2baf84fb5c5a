"""One mutant put in and tried, and what is told of all of them: for bench/mutants.py."""

import json
import os
import signal
import subprocess
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_item import MutationSpec

from mutants_plugin import MODULE, SOURCE
from mutants_tests import Tests

NOTICED, ENDLESS, SURVIVED, TIMEOUT, EQUAL = "noticed", "endless", "SURVIVED", "TIMEOUT", "equal"
# Against what the same tests take without a mutant. Processor time alone says that something never ends:
# on a busy machine all takes long, and a slow test has noticed nothing.
PROCESSOR, CLOCK, START = 5, 20, 60
SAME = Path(__file__).with_name("mutants_equal.toml")


@dataclass
class Result:
    """`outcome`: noticed, or endless: both are caught. SURVIVED and TIMEOUT are not. equal: no test could catch it."""

    file: str
    line: int
    operator: str
    occurrence: int
    before: str
    after: str
    outcome: str
    seconds: float

    @property
    def caught(self) -> bool:
        return self.outcome in (NOTICED, ENDLESS)


def tried(spec: MutationSpec, tests: Tests, written: Path) -> Result:
    """Imported and tested; told, and added to the lines of the file `written`."""
    name, line = str(spec.module_path), spec.start_pos[0]
    began = time.monotonic()
    command, seconds = tests.command(name, line)
    operator = get_operator(spec.operator_name)()
    was = spec.module_path.read_text()
    is_now = mutate_code(was, operator, spec.occurrence) or was
    before, after = differing(was, is_now)
    outcome = EQUAL if same(name, before, after) else run(command, seconds, dotted(spec.module_path), is_now)
    operator_name = spec.operator_name.removeprefix("core/")
    took = round(time.monotonic() - began, 1)
    result = Result(name, line, operator_name, spec.occurrence, before, after, outcome, took)
    print(f"{outcome:<9}{name}:{line} {operator_name} {took:.0f} s", flush=True)
    if not result.caught:
        print(f"    - {before}\n    + {after}", flush=True)
    with written.open("a") as file:
        file.write(json.dumps(asdict(result)) + "\n")
    return result


def differing(was: str, is_now: str) -> tuple[str, str]:
    """The lines that the mutant changes, without their indentation."""
    pairs = zip(was.split("\n"), is_now.split("\n"), strict=False)
    return next(((old.strip(), new.strip()) for old, new in pairs if old != new), ("", ""))


def same(name: str, before: str, after: str) -> bool:
    """Whether it is written down that this mutant does what the product does."""
    known = tomllib.loads(SAME.read_text())["mutant"] if SAME.exists() else []
    return any((one["file"], one["before"], one["after"]) == (name, before, after) for one in known)


def dotted(path: Path) -> str:
    return ".".join(path.relative_to("src").with_suffix("").parts).removesuffix(".__init__")


def run(command: list[str], seconds: float, module: str, source: str) -> str:
    """What comes of the tests when the module says this."""
    limit = int(START + PROCESSOR * seconds)
    with NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as file:
        file.write(source)
        file.flush()
        process = subprocess.Popen(
            ["prlimit", f"--cpu={limit}:{limit + 10}", *command],
            env=os.environ | {MODULE: module, SOURCE: file.name},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            code = process.wait(CLOCK * (START + seconds))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return TIMEOUT
    if code == -signal.SIGXCPU:
        return ENDLESS
    return NOTICED if code else SURVIVED


def told(results: Iterable[Result]) -> list[str]:
    """Lines of a table: each layer, each module, and all."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in results:
        parts = Path(one.file).with_suffix("").parts
        for of in (f"`{parts[3]}`", parts[2], "all"):
            counts[of][one.outcome] += 1
    lines = ["| of | tried | caught | survived | timeouts | equal | score |", "|---|---|---|---|---|---|---|"]
    for of in sorted(counts, key=lambda name: (name == "all", name.strip("`") == name, name)):
        count = counts[of]
        caught, counted = count[NOTICED] + count[ENDLESS], sum(count.values()) - count[EQUAL]
        score = f"{caught / counted:.0%}" if counted else ""
        lines.append(
            f"| {of} | {counted} | {caught} | {count[SURVIVED]} | {count[TIMEOUT]} | {count[EQUAL]} | {score} |"
        )
    return lines


def again(file: Path, house: Path) -> list[MutationSpec]:
    """Mutants that were not caught, as they were written down; what the sources no longer say is left out."""
    found = []
    results = [Result(**json.loads(row)) for row in file.read_text().splitlines()]
    last = {(one.file, one.line, one.operator, one.occurrence): one for one in results}
    for one in last.values():
        source = house / one.file
        if not one.caught and source.exists() and one.before in source.read_text():
            begins, ends = (one.line, 0), (one.line, 1)
            found.append(MutationSpec(Path(one.file), f"core/{one.operator}", one.occurrence, begins, ends))
    return found
