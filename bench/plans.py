"""The heaviest questions that pages ask, with the plans that PostgreSQL has for them under row-level security.

przystan bench plans [--people N] [--roles a,b] [--most N]

In the centre that `bench pages --people N` fills, each role opens whatever its pages lead to, once, as there, and the
coordinator a month and a year of all indicators. Of every statement that takes long the plan is asked for at once, in
the same transaction: as the application's role, for the same actor, with the same values. Printed for the heaviest: the
page, milliseconds, the plan with the rows that the planner expected and those there were.
"""

import argparse
import re
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LEAST = 10.0  # ms: what is quicker is not looked at
WIDTH = 150
READS = re.compile(
    r"\s*(?:SET LOCAL [^;]*;\s*)*(?:SELECT|WITH)\b(?!.*\b(?:INSERT INTO|UPDATE|DELETE FROM)\b)", re.DOTALL
)
SETTINGS = re.compile(r"\A\s*(?:SET LOCAL [^;]*;\s*)*")
SHAPE = re.compile(r"%s(?:, %s)*|\d+")
NOISE = re.compile(r"cost=[\d.]+ |cost=\d+\.\d+\.\.\d+\.\d+ | width=\d+|::[a-z ]+(?:\[\])?")


def main() -> int:
    options = arguments()
    sys.path.insert(0, str(ROOT))
    from bench.pages import filled_centre, logged_in, walked, warmed

    with filled_centre(options.people, None):
        from django.db import connection

        warmed()
        heavy = Heavy()
        with connection.execute_wrapper(heavy):
            for role in options.roles:
                for page in walked(role, each=1, times=1):
                    heavy.asked_by(f"{page.name} as {role}")
            for words, path in numbers():
                logged_in("coordinator").get(path)
                heavy.asked_by(f"reports:index, {words}")
        for place, found in enumerate(heavy.most(options.most), start=1):
            print(f"\n## {place}. {found.page}: {found.took:.0f} ms\n\n{found.plan}")
    return 0


def arguments() -> argparse.Namespace:
    sys.path.insert(0, str(ROOT))
    from bench.pages import ROLES

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000, metavar="N", help="people in the register (100000)")
    parser.add_argument("--roles", type=lambda text: text.split(","), default=ROLES)
    parser.add_argument("--most", type=int, default=10, metavar="N", help="statements to print (10)")
    return parser.parse_args()


def numbers() -> list[tuple[str, str]]:
    """In words, and where: the last month and the last year that are over."""
    from django.utils import timezone

    today = timezone.localdate()
    last = today.replace(day=1) - timedelta(days=1)
    return [("a month", f"/reports/?period={last:%Y-%m}"), ("a year", f"/reports/?period={today.year - 1}")]


@dataclass
class Statement:
    took: float  # ms
    plan: str
    page: str = ""


class Heavy:
    """Wrapper of Django's `cursor.execute`: of each shape of statement the slowest, with its plan."""

    def __init__(self) -> None:
        self.found: dict[str, Statement] = {}

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        answer = execute(sql, params, many, context)
        took, shape = (time.perf_counter() - began) * 1000, SHAPE.sub("?", str(sql))
        known = self.found.get(shape)
        if took > LEAST and READS.match(str(sql)) and (known is None or took > known.took):
            self.found[shape] = Statement(took, plan_of(context["connection"], sql, params))
        return answer

    def asked_by(self, page: str) -> None:
        """What was found since the last page was of this one."""
        for one in self.found.values():
            one.page = one.page or page

    def most(self, count: int) -> list[Statement]:
        return sorted(self.found.values(), key=lambda one: -one.took)[:count]


def plan_of(connection: Any, sql: Any, params: Any) -> str:
    """By a cursor of its own, beside what Django counts and allows."""
    text = str(sql)
    begins = len(text) - len(SETTINGS.sub("", text))
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        cursor.execute(f"{text[:begins]}EXPLAIN (ANALYZE, TIMING OFF) {text[begins:]}", params)
        while cursor.description is None and cursor.nextset():
            pass
        return "\n".join(NOISE.sub("", line)[:WIDTH] for (line,) in cursor.fetchall())


if __name__ == "__main__":
    sys.exit(main())
