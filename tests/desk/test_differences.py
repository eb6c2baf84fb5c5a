"""What a form about an entry would change, told beside what the entry says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from przystan.desk.queries.differences import differences
from przystan.support.actions import record
from przystan.support.rules import Effort
from tests.desk.test_log import Desk

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, []),
        ({"minutes": 0}, [("Minutes in all", 30)]),
        ({"day": TODAY - timedelta(days=1)}, ["Day"]),
        ({"next_step": "ask again", "next_step_on": TODAY}, [("Next step", ""), ("By when", "")]),
        ({"language": "ka"}, [("Language", "")]),
        ({"people": ()}, ["Who"]),
    ],
)
def test_only_what_would_be_another_is_told(change: dict[str, object], told: list[object]) -> None:
    desk = Desk()
    rows = differences(desk.support(), desk.entry(**change)).rows
    assert [str(label) for label, _said in rows] == [one if isinstance(one, str) else one[0] for one in told]
    assert all(one[1] == said for one, (_label, said) in zip(told, rows, strict=True) if isinstance(one, tuple))


def test_an_entry_without_minutes_is_compared_with_the_usual_ones_where_it_takes_them() -> None:
    desk = Desk()
    of_nothing, of_an_hour = (desk.support(minutes=minutes) for minutes in (0, 60))
    for usual, entry, same in ((False, of_nothing, True), (True, of_an_hour, True), (True, of_nothing, False)):
        assert (not differences(entry, desk.entry(minutes=0, usual=usual), usual=60).rows) == same


def test_topics_are_told_with_their_minutes() -> None:
    desk = Desk()
    first, second = desk.topics
    given = record(by=desk.owner, entry=desk.entry(minutes=0, efforts=(Effort(topic_id=first.pk, minutes=20),)))
    assert not differences(given, desk.entry(minutes=20, efforts=(Effort(topic_id=first.pk, minutes=20),))).rows
    other = desk.entry(minutes=20, efforts=(Effort(topic_id=second.pk, minutes=20),))
    assert differences(given, other).rows == [("Topics", f"{first} (20)")]
