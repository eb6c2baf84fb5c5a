"""The printed access tables are those that decide."""

import pytest

from przystan.access.addresses import policy
from przystan.access.rights import every
from przystan.privacy.queries.access import access_tables
from przystan.project.cli.access import FILE, text
from przystan.project.cluster import PACKAGE


def test_the_document_is_what_the_tables_say():
    written = (PACKAGE.parents[1] / FILE).read_text(encoding="utf-8")
    assert written == text(), "run: .venv/bin/przystan access"


def test_everything_is_printed():
    found = access_tables()
    assert [name for name, _ in found.addresses] == sorted(policy())
    assert {label for label, _, _ in found.models} >= {"people.channel", "casework.noteversion"}
    assert len(found.verdicts) == 5


@pytest.mark.parametrize("right", every())
def test_every_right_has_words(right):
    assert str(right.label)
