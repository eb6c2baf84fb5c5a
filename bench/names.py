"""How well and how fast one person is recognised under two spellings, beside named alternatives.

    python bench/names.py                                    on a synthetic set, made here and seeded
    python bench/names.py --pairs FILE                       CSV: a,b,same (0 or 1); class, if there is one
    python bench/names.py --register FILE --queries FILE     CSV: id,name in both

Ours runs at its one shipped threshold; alternatives without one get the best threshold for these very
pairs, which flatters them. Searches by brute force run on a sample of the queries where they are slow.
"""

import argparse
import csv
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import names_synthetic as synthetic
from names_alternatives import Alternative, Search, alternatives

Pair = tuple[str, str, bool]
Row = tuple[str, str]
BUDGET = 40.0  # seconds that one slow alternative may take for its queries
LEAST = 5  # queries that are run in any case
_TRUE, _FALSE = {"1", "true", "yes", "y", "1.0"}, {"0", "false", "no", "n", "0.0"}


def fail(sentence: str) -> None:
    """Stop with one clear sentence."""
    sys.exit(sentence)


def read_csv(path: Path, columns: tuple[str, ...]) -> list[tuple[int, list[str]]]:
    """Wanted columns of every row that is not empty, with its line number."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        fail(f"{path}: cannot be read ({error.strerror}).")
    except UnicodeDecodeError:
        fail(f"{path}: is not UTF-8.")
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    header: list[str] = []
    rows: list[tuple[int, list[str]]] = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = [cell.strip().lower() for cell in cells]
            absent = [column for column in columns if column not in header]
            if absent:
                fail(f"{path}: no column {', '.join(absent)} in the first line; it has {', '.join(header)}.")
            continue
        if len(cells) < len(header):
            fail(f"{path}, line {reader.line_num}: {len(cells)} cells where the first line has {len(header)}.")
        rows.append((reader.line_num, [cells[header.index(column)].strip() for column in columns]))
    if not rows:
        fail(f"{path}: has no rows.")
    return rows


def read_pairs(path: Path) -> list[Pair]:
    """Pairs of a CSV file with the columns a, b, same."""
    pairs: list[Pair] = []
    for line, (a, b, same) in read_csv(path, ("a", "b", "same")):
        if same.lower() not in _TRUE | _FALSE:
            fail(f"{path}, line {line}: same is {same!r}, not 0 or 1.")
        pairs.append((a, b, same.lower() in _TRUE))
    return pairs


def read_classes(path: Path) -> dict[str, list[Pair]]:
    """Pairs by the column "class", if the file has one; else empty."""
    if "class" not in path.read_text(encoding="utf-8-sig").split("\n", 1)[0].lower().split(","):
        return {}
    found: dict[str, list[Pair]] = {}
    for _, (name, a, b, same) in read_csv(path, ("class", "a", "b", "same")):
        found.setdefault(name, []).append((a, b, same.lower() in _TRUE))
    return found


def read_rows(path: Path) -> list[Row]:
    """Rows of a CSV file with the columns id, name."""
    return [(id, name) for _, (id, name) in read_csv(path, ("id", "name"))]


def quality(scored: Sequence[tuple[float, bool]], threshold: float) -> tuple[float, float, float]:
    """Precision, recall and F1 when every score from `threshold` on means "same"."""
    told = sum(1 for score, _ in scored if score >= threshold)
    right = sum(1 for score, same in scored if same and score >= threshold)
    wanted = sum(1 for _, same in scored if same)
    precision, recall = right / told if told else 0.0, right / wanted if wanted else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def best_threshold(scored: Sequence[tuple[float, bool]]) -> float:
    """The threshold with the highest F1 for these scores."""
    wanted = sum(1 for _, same in scored if same)
    best, threshold, right = 0.0, 1.0, 0
    ordered = sorted(scored, reverse=True)
    for place, (score, same) in enumerate(ordered, 1):
        right += same
        last_of_its_score = place == len(ordered) or ordered[place][0] != score
        if last_of_its_score and 2 * right / (place + wanted) > best:
            best, threshold = 2 * right / (place + wanted), score
    return threshold


def score_pairs(tool: Alternative, pairs: list[Pair]) -> tuple[list[tuple[float, bool]], float]:
    """Scores of all pairs, and milliseconds a pair. The first call, which loads tables, is not counted."""
    tool.score(pairs[0][0], pairs[0][1])
    start = time.perf_counter()
    scored = [(tool.score(a, b), same) for a, b, same in pairs]
    return scored, (time.perf_counter() - start) * 1000 / len(pairs)


def report_pairs(title: str, pairs: list[Pair], tools: list[Alternative]) -> None:
    """Print one table: a line a tool and threshold."""
    same = sum(1 for pair in pairs if pair[2])
    print(f"\n{title}: {len(pairs)} pairs, {same} of them the same person")
    print(f"{'':22}{'threshold':>16}{'precision':>11}{'recall':>8}{'F1':>8}{'ms/pair':>10}")
    for tool in tools:
        scored, ms = score_pairs(tool, pairs)
        chosen = [(tool.shipped, "shipped")] if tool.shipped is not None else []
        if tool.name != "Przystań":
            chosen.append((best_threshold(scored), "best"))
        for threshold, label in chosen:
            precision, recall, f1 = quality(scored, threshold)
            shown = f"{threshold:.2f} {label}"
            print(f"{tool.name:22}{shown:>16}{precision:>11.3f}{recall:>8.3f}{f1:>8.3f}{ms:>10.4f}")


def report_classes(classes: dict[str, list[Pair]], tools: list[Alternative]) -> None:
    """Print F1 class by class: ours at its shipped threshold, others at the best for that very class."""
    print(f"\n{'class':24}{'pairs':>6}{'ours':>8}{'best alternative':>18}")
    for name, pairs in sorted(classes.items()):
        ours = quality(score_pairs(tools[0], pairs)[0], tools[0].shipped or 0.0)[2]
        others = []
        for tool in tools[1:]:
            scored, _ = score_pairs(tool, pairs)
            others.append((quality(scored, best_threshold(scored))[2], tool.name))
        f1, other = max(others)
        print(f"{name:24}{len(pairs):>6}{ours:>8.3f}{f1:>8.3f} {other}{'' if ours >= f1 else '  AHEAD OF OURS'}")


def find_all(search: Search, queries: list[Row], budget: float | None) -> tuple[int, int, int, float]:
    """(first, among five, queries run, ms a query); stops when the budget of seconds is used up."""
    search(queries[0][1])
    first = five = run = 0
    start = time.perf_counter()
    for id, name in queries:
        found = search(name)
        first += list(found[:1]) == [id]
        five += id in found[:5]
        run += 1
        if budget is not None and run >= LEAST and time.perf_counter() - start > budget:
            break
    return first, five, run, (time.perf_counter() - start) * 1000 / run


def report_register(rows: list[Row], queries: list[Row], tools: list[Alternative], sample: int | None) -> None:
    """Print one table: how often the right person comes first and among five, and the time of a query."""
    print(f"\nRegister: {len(rows)} names, {len(queries)} queries")
    print(f"{'':22}{'first':>8}{'in five':>9}{'ms/query':>11}{'times ours':>12}  queries run")
    mixed = queries[:]
    random.Random(1).shuffle(mixed)
    ours_ms = 0.0
    for tool in tools:
        asked = mixed[:sample] if sample and tool.slow else mixed
        search = tool.index(rows)
        budget = BUDGET if tool.slow and not sample else None
        first, five, run, ms = find_all(search, asked, budget)
        ours_ms = ours_ms or ms
        note = f"{run}" if run == len(queries) else f"{run} of {len(queries)}, a seeded sample"
        print(f"{tool.name:22}{first / run:>8.3f}{five / run:>9.3f}{ms:>11.3f}{ms / ours_ms:>12.1f}  {note}")


def report_synthetic(tools: list[Alternative], sample: int | None) -> None:
    """The synthetic sets of `names_synthetic`: Cyrillic to Latin, Arabic, the other scripts, and a register."""
    others = synthetic.spelling_languages() - {"ar"}
    report_pairs("Cyrillic and Latin", list(synthetic.cyrillic_pairs()), tools)
    report_pairs("Arabic and Latin", list(synthetic.spelling_pairs({"ar"}, count=600)), tools)
    report_pairs("Other scripts and spellings", list(synthetic.spelling_pairs(others, count=100)), tools)
    report_register(*synthetic.register(), tools, sample)


def main() -> None:
    """Command line; see the module's text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, help="CSV with a, b, same")
    parser.add_argument("--register", type=Path, help="CSV with id, name")
    parser.add_argument("--queries", type=Path, help="CSV with id, name: id is that of the right person")
    parser.add_argument("--sample", type=int, help="queries for the slow alternatives (default: 40 seconds of each)")
    options = parser.parse_args()
    if bool(options.register) != bool(options.queries):
        fail("--register and --queries go together.")
    tools, missing = alternatives()
    if options.pairs:
        report_pairs(options.pairs.name, read_pairs(options.pairs), tools)
        report_classes(read_classes(options.pairs), tools)
    if options.register:
        report_register(read_rows(options.register), read_rows(options.queries), tools, options.sample)
    if not options.pairs and not options.register:
        report_synthetic(tools, options.sample)
    for sentence in missing:
        print(sentence)


if __name__ == "__main__":
    main()
