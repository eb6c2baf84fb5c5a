"""A person in one line: what somebody must know who sits across the table, made of what their page read already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from przystan.kernel.dates import PartialDate, age_on
from przystan.people.enums import LanguageLevel, Safety
from przystan.people.models import Channel, Person, PersonLanguage, TitleHeld
from przystan.support.models import Support

SOON = timedelta(days=60)  # before a title ends: papers for the next one take that long to gather
SPOKEN = [LanguageLevel.NATIVE, LanguageLevel.FLUENT, LanguageLevel.NOT_ASKED, LanguageLevel.SIMPLE]


@dataclass(frozen=True)
class Until:
    """Until when titles to stay hold. `state`: expired, soon, fine, or open (the last day is not written down)."""

    state: str
    day: date | None = None


@dataclass(frozen=True)
class Glance:
    """`youngest`, `oldest`: the age in years, which a birth known in part leaves between two; None when not known.

    `language`: the one to speak with them. `until`: None where no title is known, or not to the actor. `ways`: channels
    that may be used, and those nobody asked about; the others stand in the warning. `step`: the next step due first.
    """

    youngest: int | None
    oldest: int | None
    language: PersonLanguage | None
    until: Until | None
    ways: list[Channel]
    step: Support | None


def glance(person: Person, titles: Sequence[TitleHeld], supports: Sequence[Support], today: date) -> Glance:
    """`titles` and `supports`: those that the actor may read."""
    youngest, oldest = ages(person.birth, today)
    ways = [one for one in person.channels.all() if one.safety in (Safety.YES, Safety.NOT_ASKED)]
    ways.sort(key=lambda one: one.safety != Safety.YES)
    return Glance(youngest, oldest, _tongue(person), until(titles, today), ways, _step(supports))


def ages(birth: str, today: date) -> tuple[int | None, int | None]:
    """The least and the most whole years that somebody born then can have; a birth to come is none."""
    if not birth:
        return None, None
    born = PartialDate.parse(birth)
    if born.earliest() > today:
        return None, None
    return age_on(today, min(born.latest(), today)), age_on(today, born.earliest())


def until(titles: Sequence[TitleHeld], today: date) -> Until | None:
    """The latest day that one of the titles of today ends; when none holds, the last one that ended."""
    now = [one.valid_to for one in titles if one.holds_on(today)]
    ended = [one.valid_to for one in titles if one.valid_to and one.valid_to < today]
    if now:
        ends = [day for day in now if day]
        if len(ends) < len(now):
            return Until("open")
        return Until("soon" if max(ends) - today <= SOON else "fine", max(ends))
    return Until("expired", max(ended)) if ended else None


def _tongue(person: Person) -> PersonLanguage | None:
    """The language they know best; of two known as well, the one written down first."""
    known = [one for one in person.languages.all() if one.level in SPOKEN]
    return min(known, key=lambda one: SPOKEN.index(LanguageLevel(one.level)), default=None)


def _step(supports: Sequence[Support]) -> Support | None:
    """The open next step with the earliest day; of those without a day, the newest, when no other has one."""
    undone = {one.reverses_id for one in supports}
    due = [one for one in supports if one.next_step and not one.next_step_done_at and one.sign > 0]
    standing = [one for one in due if one.pk not in undone]
    return min(standing, key=lambda one: one.next_step_on or date.max, default=None)
