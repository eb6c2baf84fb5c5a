"""The same register through splink, as its guide models people (extra "bench")."""

import csv
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from przystan.kernel.names.fold import fold

Scored = dict[tuple[int, int], float]


def found_by_splink(rows: list[Any]) -> tuple[Scored, float, float] | None:
    """Pairs of places with their probability; seconds, and of processor; None where splink is not installed."""
    try:
        import splink.comparison_library as comparisons
        from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    except ImportError:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        _write(path, rows)
        started, used = time.perf_counter(), time.process_time()
        database = DuckDBAPI()
        people = database.register(database.duckdb_con.read_csv(str(path), all_varchar=True, header=True))
        settings = SettingsCreator(
            link_type="dedupe_only",
            blocking_rules_to_generate_predictions=[
                block_on("dob"),
                block_on("phone"),
                block_on("given", "family"),
                block_on("family", "substr(dob, 1, 4)"),
                block_on("given", "substr(dob, 1, 4)", "substr(family, 1, 2)"),
            ],
            comparisons=[
                comparisons.ForenameSurnameComparison("given", "family"),
                comparisons.DateOfBirthComparison("dob", input_is_string=True),
                comparisons.ExactMatch("phone"),
                comparisons.ExactMatch("sex"),
                comparisons.ExactMatch("reference"),
            ],
        )
        linker = Linker(people, settings, log_level=None)
        training = linker.training
        training.estimate_probability_two_random_records_match([block_on("given", "family", "dob")], recall=0.5)
        training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
        training.estimate_parameters_using_expectation_maximisation(block_on("dob"))
        training.estimate_parameters_using_expectation_maximisation(block_on("given", "family"))
        guessed = linker.inference.predict(threshold_match_probability=0.01)
        found = database.duckdb_con.sql(
            f"SELECT unique_id_l::int, unique_id_r::int, match_probability FROM {guessed.physical_name}"
        ).fetchall()
        seconds, processor = time.perf_counter() - started, time.process_time() - used
    return {(min(one, two), max(one, two)): score for one, two, score in found}, seconds, processor


def _write(path: Path, rows: Iterable[Any]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("unique_id", "given", "family", "dob", "phone", "sex", "reference"))
        for place, row in enumerate(rows):
            given, _, family = fold(row.text).partition(" ")
            sex = "" if row.sex == "unknown" else row.sex
            dob = row.birth + "-01-01"[: 10 - len(row.birth)] if row.birth else ""
            writer.writerow((place, given, family, dob, row.phone[-9:], sex, row.reference))
