"""A living centre of synthetic people, the same for the same seed: `build` fills an empty database.

Nobody in it is real: names are drawn from lists (names/), dates, documents and numbers are invented. The order
of the work: reference data and programmes, the organisations (centre), then day by day people (people) and what
they received (supports), recorded and paid for as the product does (recording), what was closed and corrected
(corrections), who looks double (duplicates); then each module shows what it has, by `fill` in its own `demo.py`.
"""

from przystan.project.demo.building import DemoAccount, DemoSummary, NotEmpty, build, demo_accounts

__all__ = ["DemoAccount", "DemoSummary", "NotEmpty", "build", "demo_accounts"]
