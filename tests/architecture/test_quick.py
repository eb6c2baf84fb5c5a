"""What `make quick` runs."""

from tests.harness.quick import ALWAYS, modules, near


def test_changed_modules_and_tests_are_near() -> None:
    files = [
        "src/przystan/people/actions/merging.py",
        "tests/people/test_merging.py",
        "tests/desk/test_log.py",
        "README.md",
    ]
    assert near(files) == [*ALWAYS, "tests/desk/test_log.py", "tests/people"]


def test_what_is_no_module_adds_nothing() -> None:
    assert near(["src/przystan/__init__.py", "docs/architecture.md", "pyproject.toml"]) == [*ALWAYS]


def test_sources_of_modules_are_told_from_everything_else() -> None:
    files = [
        "src/przystan/people/models/person.py",
        "src/przystan/__init__.py",
        "tests/staff/test_gate.py",
        "docs/a.md",
    ]
    assert modules(files) == ["people"]
