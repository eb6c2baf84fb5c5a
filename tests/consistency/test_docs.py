"""What the documents point to is there."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DECISIONS = ROOT / "docs" / "decisions"
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("bench/**/*.md"), *ROOT.glob("src/**/*.md")]
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text()):
        path, _, heading = link.partition("#")
        if ":" in path:  # outside
            continue
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), link
        assert not heading or heading in map(anchor, HEADING.findall(there.read_text())), link


def anchor(heading: str) -> str:
    """As renderers of Markdown make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_a_number_of_a_decision_is_given_once_and_what_is_not_there_is_said() -> None:
    numbers = Counter(page.name[:4] for page in DECISIONS.glob("[0-9]*.md"))
    assert set(numbers.values()) == {1}
    said = set(re.findall(r"\b\d{4}\b", (DECISIONS / "README.md").read_text()))
    assert {f"{number:04}" for number in range(1, int(max(numbers)) + 1)} - set(numbers) == said


def test_every_decision_that_is_named_is_there() -> None:
    known = {page.name[:4] for page in DECISIONS.glob("[0-9]*.md")}
    for page in PAGES:
        assert set(re.findall(r"\brecord (\d{4})\b", page.read_text())) <= known, page
