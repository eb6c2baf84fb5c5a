"""What became of rules that were changed before each organisation had its own."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.utils import timezone

from przystan.staff.models import ProofRule
from przystan.staff.queries.rules import rules_of
from tests import factories
from tests.staff import making

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_the_owner")]
SQL = import_module("przystan.staff.migrations.0008_rules_of_each").WHOSE_THEY_ARE
JUNE, JULY, NEVER = date(2026, 6, 1), date(2026, 7, 1), date(2030, 12, 31)
DAY = timedelta(days=1)


def test_what_was_changed_is_whose_who_asked_and_what_shipped_holds_again_for_all_others() -> None:
    """Two changes in a row by one organisation, and one that waits: the shipped row had been given a last day."""
    ours, theirs = factories.organisation(), factories.organisation()
    asker, second = (factories.user(ours, "coordinator") for _ in range(2))
    shipped = making.proof_kind(months=12, valid_to=NEVER).rules.get()
    untouched = making.proof_kind("untouched", valid_to=JULY).rules.get()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE staff_proofrule DROP CONSTRAINT staff_proofrule_asked_whole")

        def changed(before: ProofRule, first: date, months: int, confirmed: bool = True) -> ProofRule:
            """As it was written then: the row before ended, and nobody's."""
            made = ProofRule(kind=before.kind, replaces=before, months=months, source="x", asked_by=asker)
            made.valid_from, made.valid_to, made.asked_at = first, before.valid_to, timezone.now()
            if confirmed:
                made.confirmed_by, made.confirmed_at = second, timezone.now()
                ProofRule.every.filter(pk=before.pk).update(valid_to=first - DAY)
            made.save()
            return made

        first = changed(shipped, JUNE, 6)
        last = changed(first, JULY, 3)
        waits = changed(last, JULY + DAY, 1, confirmed=False)
        cursor.execute(SQL.format(table="staff_proofrule"))
    rows = {row.pk: row for row in ProofRule.every.all()}
    assert {rows[one.pk].organisation_id for one in (first, last, waits)} == {ours.pk}
    assert [(rows[one.pk].organisation_id, rows[one.pk].valid_to) for one in (shipped, untouched)] == [
        (None, NEVER),
        (None, JULY),
    ]

    def held(organisation: int) -> list[tuple[int | None, date | None, date | None]]:
        found = [row for row in rules_of(ProofRule, organisation) if row.kind_id == shipped.kind_id]
        return [(row.months, row.valid_from, row.valid_to) for row in found]

    assert held(ours.pk) == [(12, None, JUNE - DAY), (6, JUNE, JULY - DAY), (3, JULY, NEVER)]
    assert held(theirs.pk) == [(12, None, NEVER)]
