"""Logging in with a wrong password: does the time tell who has an account?

przystan bench login [--samples N]

A stranger tries a wrong password on accounts that exist, do not exist, are locked, or have no password, in random
order, through the whole product with the real Argon2, each try with a new browser. Printed: the median of each kind,
and how well its times can be told from those of accounts that exist (AUC: 0.5 is guessing, 1 is certainty). "naive" is
what a plain lookup would do: compute the hash only when the account exists.
"""

import argparse
import os
import sys
import time
from functools import cache
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

ROOT = Path(__file__).resolve().parents[1]
KINDS = ["existing", "unknown", "locked", "unusable"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=int, default=500, metavar="N", help="tries of each kind (500)")
    options = parser.parse_args()
    if not os.environ.get("DATABASE_URL"):
        os.environ["PRZYSTAN_DATA"] = str(ROOT / ".bench" / "login")
    os.environ["PRZYSTAN_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "przystan.project.settings")
    from przystan.project.cli import centre

    with centre.opened(owner=True, founding=True):
        centre.migrate()
    with centre.opened():
        names = accounts()
        print("przystan")
        report(measure(names, options.samples))
        print("naive: no hash for who does not exist")
        with naive():
            report(measure(names, options.samples))
    return 0


def accounts() -> dict[str, list[str]]:
    """Twenty user names of each kind."""
    from django.contrib.auth.hashers import make_password

    from przystan.access.models import User

    names = {kind: [f"{kind}-{number}" for number in range(20)] for kind in KINDS}
    password = make_password("the right one")
    for kind in set(KINDS) - {"unknown"}:
        for name in names[kind]:
            User.objects.update_or_create(
                username=name,
                defaults={
                    "full_name": name,
                    "is_active": kind != "locked",
                    "password": make_password(None) if kind == "unusable" else password,
                },
            )
    return names


def measure(names: dict[str, list[str]], samples: int) -> dict[str, list[float]]:
    """Seconds of each try, by kind."""
    from django.core.cache import cache as tries

    order = [kind for kind in KINDS for _ in range(samples)]
    dice = Random(1)
    dice.shuffle(order)
    for kind in KINDS:
        attempt(names[kind][0])
    times: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for count, kind in enumerate(order):
        if count % 50 == 0:
            tries.clear()  # no try is refused for being too many
        times[kind].append(attempt(dice.choice(names[kind])))
    tries.clear()
    return times


def attempt(name: str) -> float:
    """Seconds of one try."""
    client = browser()
    client.cookies.clear()
    start = time.perf_counter()
    answer = client.post("/account/login/", {"login": name, "password": "a wrong one"})
    spent = time.perf_counter() - start
    if answer.status_code != 200 or b"alert" not in answer.content:
        raise SystemExit(f"refused in another way: {answer.status_code}")
    return spent


@cache
def browser() -> "Client":
    """One client without memory: making one anew would cost more than a login."""
    from django.test import Client

    return Client(headers={"Host": "localhost"})


def report(times: dict[str, list[float]]) -> None:
    for kind, seconds in times.items():
        print(f"  {kind:<10} median {median(seconds) * 1000:6.1f} ms   AUC {auc(times['existing'], seconds):.3f}")


def auc(first: list[float], second: list[float]) -> float:
    """How well a threshold on time tells two lists apart, whichever is the slower."""
    ranked = sorted([(value, 0) for value in first] + [(value, 1) for value in second])
    ranks = sum(place for place, (_, which) in enumerate(ranked, 1) if which)
    area = (ranks - len(second) * (len(second) + 1) / 2) / (len(first) * len(second))
    return max(area, 1 - area)


class naive:  # noqa: N801 - reads as a block: `with naive():`
    """Look the account up, and check the password only of who exists and may log in."""

    def __enter__(self) -> None:
        from przystan.access.models import User
        from przystan.team.backends import Backend

        self.ours = Backend.authenticate

        def authenticate(_: Backend, request: object, **credentials: str) -> User | None:
            user = User.objects.filter(username__iexact=credentials["username"], is_active=True).first()
            usable = user is not None and user.has_usable_password()
            return user if usable and user.check_password(credentials["password"]) else None

        Backend.authenticate = authenticate  # type: ignore[method-assign,assignment]

    def __exit__(self, *_: object) -> None:
        from przystan.team.backends import Backend

        Backend.authenticate = self.ours  # type: ignore[method-assign]


if __name__ == "__main__":
    sys.exit(main())
