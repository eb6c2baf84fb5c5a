"""What `make quick` runs."""

from tests.harness.quick import ALWAYS, near


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
