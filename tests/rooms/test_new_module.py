"""A module made from the template, in a copy of the repository: what it touches outside its folder, and that it works.

Beside it stands `seats`, a small module that keeps secrets (tests/rooms/seats).
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from przystan.project.cluster import PACKAGE
from tests.harness import database

REPOSITORY = PACKAGE.parents[1]
SEATS = Path(__file__).parent / "seats"
# What is written by hand, once the module works: file -> what is there, and what is put before it.
BY_HAND = {
    "docs/architecture.md": [
        ("casework                             what a team", "courses                              what is taught\n"),
        ("| `casework` |", "| `courses` | what is taught, to whom |\n"),
    ],
    "CHANGELOG.md": [("It asks by a link.", "Courses.\n\n")],
    "docs/user/en/people.md": [("#", "# Courses\n\nOn the person's page.\n\n")],
    "docs/user/pl/people.md": [("#", "# Kursy\n\nNa stronie osoby.\n\n")],
    "docs/user/uk/people.md": [("#", "# Курси\n\nНа сторінці людини.\n\n")],
    "docs/user/ru/people.md": [("#", "# Курсы\n\nНа странице человека.\n\n")],
}
# What commands write: `make module`, `przystan access`.
GENERATED = {"pyproject.toml", "src/przystan/project/settings.py", "docs/access.md"}
OWN = {"src/przystan/courses/", "tests/courses/"}
# The module with secrets is put beside it.
LINES = {
    "src/przystan/project/settings.py": ('    "przystan.courses",\n', '    "przystan.seats",\n'),
    "pyproject.toml": ('  "courses",\n', '  "seats",\n'),
}
# The copy tests in the database that this test has made, where only the new module's tables are missing.
TABLES = """

def migrated() -> str:
    with using({name!r}), as_owner():
        call_command("migrate", verbosity=0)
        grants.grant()
    return {name!r}
"""


class House:
    """A copy of the repository with the module `courses` in it. `touched`: what git says that this took."""

    def __init__(self, root: Path, tables: str) -> None:
        self.root = root
        leave = shutil.ignore_patterns("states", "journeys")
        for folder in ("src", "tests", "templates", "docs"):
            shutil.copytree(REPOSITORY / folder, root / folder, ignore=leave)
        for file in ("pyproject.toml", "CHANGELOG.md", ".gitignore"):
            shutil.copy(REPOSITORY / file, root)
        self.change(
            "src/przystan/project/settings_test.py",
            'str(REPOSITORY / ".test-centre")',
            repr(os.environ["PRZYSTAN_DATA"]),
        )
        with (root / "tests/harness/database.py").open("a") as file:
            file.write(TABLES.format(name=tables))
        self.git("init")
        self.git("add", ".")
        self.git("-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "--message", "as it was")
        self.begin()
        self.touched = {line[3:] for line in self.git("status", "--porcelain").splitlines()}
        self.put_seats()

    def begin(self) -> None:
        """Everything that docs/adding-a-module.md says."""
        self.run("templates/begin.py", "courses")
        self.przystan("makemigrations", "courses")
        self.przystan("messages", "extract")
        for file, lines in BY_HAND.items():
            for before, line in lines:
                self.insert(file, before, line)
        self.przystan("access")

    def put_seats(self) -> None:
        for part, place in (("app", "src/przystan/seats"), ("tests", "tests/seats")):
            shutil.copytree(SEATS / part, self.root / place)
        for file, (before, line) in LINES.items():
            self.insert(file, before, line)
        self.przystan("makemigrations", "seats")

    def git(self, *words: str) -> str:
        command = ["git", *words]
        return subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=True).stdout

    def przystan(self, *words: str) -> str:
        return self.run("-m", "przystan.project.cli", *words)

    def insert(self, file: str, before: str, line: str) -> None:
        text = (self.root / file).read_text()
        assert before in text, f"{file}: {before}"
        (self.root / file).write_text(text.replace(before, line + before, 1))

    def change(self, file: str, before: str, after: str) -> None:
        text = (self.root / file).read_text()
        assert text.count(before) == 1, f"{file}: {before}"
        (self.root / file).write_text(text.replace(before, after))

    def run(self, *words: str, code: int = 0) -> str:
        # Twenty processes read all sources: what the first has compiled, the others take.
        ours = ("PRZYSTAN_", "DJANGO_", "PYTHONDONTWRITEBYTECODE")
        variables = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        variables["PYTHONPATH"] = f"{self.root}/src:{self.root}"
        command = [sys.executable, *words]
        done = subprocess.run(command, cwd=self.root, env=variables, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def test(self, *words: str, code: int = 0) -> str:
        return self.run("-m", "pytest", "-n", "0", "-q", "-p", "no:cacheprovider", *words, code=code)


@pytest.fixture(scope="module")
def house(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with database.empty("house", database.migrated()) as tables:
        yield House(tmp_path_factory.mktemp("house"), tables)


# What holds for every module, and is asked without a database.
HOLDS = [
    "tests/architecture/test_imports.py::test_other_modules_are_used_through_their_doors",
    "tests/architecture/test_actions.py",
    "tests/architecture/test_declared.py::test_every_template_is_shown_by_somebody",
    "tests/architecture/test_declared.py::test_what_was_done_for_somebody_counts_for_how_long_they_are_kept",
    "tests/architecture/test_models.py",
    "tests/architecture/test_holders.py",
    "tests/architecture/test_rights.py",
    "tests/architecture/test_row_locks.py",
    "tests/races/test_races.py::test_who_comes_second_waits_and_finds_what_is_so_now[courses.actions._held]",
    "tests/races/test_races.py::test_without_the_lock_it_goes_wrong[courses.actions._held]",
    "tests/architecture/test_templates.py",
    "tests/architecture/test_texts.py",
    "tests/guides/test_pages.py::test_every_screen_has_a_page_of_the_guide",
    "tests/architecture/test_urls.py",
    "tests/access/test_locks.py",
    "tests/access/test_modules.py",
    "tests/access/test_deeds.py::test_every_action_has_words",
    "tests/matrix/test_matrix.py::test_the_table_is_whole",
]
# With a database: protecting somebody reaches its tables and what was taken out of them comes back; every form and
# button leaves its deed; its demo fills its tables.
KEPT = [
    "tests/leaks/test_protected_everywhere.py::test_no_table_says_a_word_of_them",
    "tests/leaks/test_protected_everywhere.py::test_it_comes_back_when_the_protection_ends",
    "tests/hostile/test_deeds.py",
]
HERE, SECRETS = "src/przystan/courses", "src/przystan/seats"
# (file, what is there, what somebody left there instead, the sentence that says where to put it)
FORGOTTEN = [
    (f"{HERE}/models.py", "        lock = of_person()", "        #", "say `lock = ...` in its class Privacy"),
    (f"{HERE}/models.py", 't1 = "day title done_on"', 't1 = "day done_on"', "not named: {'title'}"),
    (f"{HERE}/models.py", "reason done_on by_id", "done_on by_id", "`sealed` of its class Privacy: ['reason']"),
    (f"{HERE}/actions.py", "by.require(COURSES_WRITE)\n    require_write(by, item.", "require_write(by, item.",
     "begin it with `by.require(...)` of courses.write"),
    (f"{HERE}/urls.py", "views.remove, COURSES_WRITE", "views.remove, COURSES_READ",
     "ask for a right to write in its urls.py"),
    (f"{HERE}/actions.py", '.select_for_update(of=("self",))', "", "held no more: two at once may both do it"),
    (f"{HERE}/demo.py", "def fill(", "def filled(", "write `fill(scene)` in its demo.py"),
    (f"{HERE}/urls.py", 'page("new/", views.new, COURSES_WRITE, "new")', 'path("new/", views.new, name="new")',
     "an address of ours is made by `page(route, view, right, name)` in its module's urls.py"),
    (f"{HERE}/module.py", '"courses.note":', '"courses.old":', "say in the module's module.py, under deeds"),
    (f"{SECRETS}/module.py", "holders=(Seats(),)", "holders=()", "say so in its module's module.py, under holders"),
    (f"{SECRETS}/data/retention.toml", 'holding = "seats"', 'holding = "sets"', "that nobody declares: sets"),
    ("tests/courses/matrix.py", 'Address("courses:index"),', "", "add its line to ADDRESSES in tests/<module>/"),
]  # fmt: skip


def test_it_touches_no_more_than_five_things_by_hand(house: House) -> None:
    assert house.touched == OWN | GENERATED | set(BY_HAND)
    things = {re.sub("docs/user/[a-z]+", "docs/user", file) for file in BY_HAND}  # the guide says one thing four times
    assert len(things) <= 5


def test_it_works(house: House) -> None:
    """Its page, right, lock, deed, panel and place in the side list; and all that holds for every module."""
    house.test("tests/courses", *HOLDS, *KEPT)


def test_its_words_have_catalogues_of_their_own(house: House) -> None:
    begun = (house.root / HERE / "locale/uk/LC_MESSAGES/django.po").read_text()
    assert 'msgid "Courses"\nmsgstr "Новий розділ"' in begun, "those of the template come along"
    assert 'msgid "Save"\nmsgstr "Зберегти"' in begun, "what other modules say too is said as there"


def test_a_module_with_secrets_leaks_none(house: House) -> None:
    """Erasure, copy, retention, emergency look and protecting, of what is kept under a tier of its own."""
    house.test("tests/seats")


def test_a_demo_centre_shows_it(house: House) -> None:
    house.test(
        "tests/courses/test_demo.py", "tests/project/test_demo.py::test_every_role_has_an_account_that_can_log_in"
    )


def test_the_table_of_who_may_see_what_has_it(house: House) -> None:
    house.przystan("access", "access.md")
    written = (house.root / "access.md").read_text()
    for words in (
        "see courses; write down courses",
        "| `courses:new` | write down courses |",
        "| courses.item | T1: day title done_on; T2: reason |",
    ):
        assert words in written


def test_what_was_forgotten_is_told_with_its_place(house: House) -> None:
    before = {file: (house.root / file).read_text() for file, *_ in FORGOTTEN}
    for file, words, instead, _ in FORGOTTEN:
        house.change(file, words, instead)
    house.change(f"{HERE}/urls.py", "from . import views", "from django.urls import path\nfrom . import views")
    told = house.test(*HOLDS, code=1)
    for file, text in before.items():
        (house.root / file).write_text(text)
    assert [sentence for *_, sentence in FORGOTTEN if sentence not in told] == []


def test_a_lock_that_no_migration_makes_is_told(house: House) -> None:
    migration = house.root / HERE / "migrations/0001_initial.py"
    before = migration.read_text()
    migration.write_text(before.replace("ALTER TABLE courses_item ENABLE", "ALTER TABLE nothing ENABLE"))
    told = house.test("tests/access/test_locks.py", "-k", "courses", code=1)
    migration.write_text(before)
    assert "write `lock('courses_item', ...)` in a migration of its module" in told
