"""The printed access tables are those that decide."""

import pytest

from przystan.access.rights import Right
from przystan.privacy.queries.access import access_tables
from przystan.project.cli.access import FILE, text
from przystan.project.cluster import PACKAGE
from przystan.project.policy import POLICY


def test_the_document_is_what_the_tables_say():
    written = (PACKAGE.parents[1] / FILE).read_text(encoding="utf-8")
    assert written == text(), "run: .venv/bin/przystan access"


def test_everything_is_printed():
    found = access_tables(POLICY)
    assert [name for name, _ in found.addresses] == sorted(POLICY)
    assert {label for label, _, _ in found.models} >= {"people.channel", "casework.noteversion"}
    assert len(found.verdicts) == 5


@pytest.mark.parametrize("right", list(Right))
def test_every_right_has_words(right):
    assert str(access_tables({"x": right}).addresses[0][1])
