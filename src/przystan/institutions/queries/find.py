"""Looking for an institution: by name in any spelling, abbreviation, number, town. Other modules ask here."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from przystan.access.actors import Actor
from przystan.kernel.names import KeyGroup, fold
from przystan.kernel.names.ranking import Row, ranked

from ..models import Address, Institution, InstitutionName, InstitutionNumber
from ..rules.asked import understand
from ..rules.newcomer import Newcomer
from ..rules.numbers import clean
from ..rules.spelling import alike as alike_names
from ..rules.spelling import figures, look_ups
from ..wording import doubts, reasons
from .listing import institutions

CERTAIN = 1.5  # the score of a number that fits
TOWN, OTHER_TOWN = 0.1, -0.3
WEAK = 5  # shown when nothing fits


@dataclass(frozen=True)
class Found:
    """An institution that may be meant: `score` orders, `codes` say why, `name` is the name that fits.

    `fits`: may be the one meant; without it only the nearest there is.
    """

    institution: Institution
    score: float
    codes: tuple[str, ...] = ()
    name: str = ""
    fits: bool = True
    same: bool = False

    @property
    def reasons(self) -> list[str | Promise]:
        return reasons(self.codes)

    @property
    def doubts(self) -> list[str | Promise]:
        return doubts(self.codes)

    @property
    def other_name(self) -> str:
        """The name that fitted, where it is not the one shown."""
        return "" if self.name in ("", self.institution.called) else self.name


def why(codes: Iterable[str]) -> list[str | Promise]:
    """What speaks for it and against it, in words."""
    return [*reasons(codes), *doubts(codes)]


def find(
    actor: Actor,
    text: str,
    limit: int = 10,
    *,
    kinds: Collection[str] = (),
    closed: bool = False,
    among: QuerySet[Institution] | None = None,
) -> list[Found]:
    """Institutions that may be meant by `text`, best first. `kinds`: codes, only these; `closed`: also closed ones.
    `among`: only these, of `institutions`.

    A town typed beside the name brings those in it forward. When nothing fits, the nearest few come, `fits` False.
    """
    rows = institutions(actor, closed=closed) if among is None else among
    if kinds:
        rows = rows.filter(kind__code__in=kinds)
    towns = _towns(rows)
    asked = understand(text, towns)
    if asked.number:
        return _by_number(rows, [asked.number], limit)
    there = towns.get(asked.town, set())
    if not asked.name:
        return [Found(one, 1.0, ("town",)) for one in rows.filter(pk__in=there)[:limit]]
    found = _by_name(rows, asked.name, limit * 2 if there else limit)
    if there:
        somewhere = {pk for some in towns.values() for pk in some}
        found = [_in_town(one, there, somewhere) for one in found]
    return _calm(sorted(found, key=lambda one: -one.score), limit)


def alike(actor: Actor, newcomer: Newcomer, limit: int = 6, besides: int | None = None) -> list[Found]:
    """Institutions that may be the one described: the same number, or the same name and no other town. Of a name with
    a figure a part is enough: "SP 12" leaves out whom the school is named after.

    `besides`: the id of one that is left out (itself).
    """
    rows = institutions(actor, closed=True).exclude(pk=besides or 0)
    found = {one.institution.pk: one for one in _by_number(rows, _numbers(newcomer), limit)}
    towns = {fold(place.town) for place in newcomer.places}
    for called in newcomer.names:
        for hit in _by_name(rows, called.text, limit):
            theirs = {fold(place.town) for place in hit.institution.addresses.all()}
            near = hit.same or (hit.fits and figures(called.text))
            if near and not (towns and theirs and towns.isdisjoint(theirs)):
                found.setdefault(hit.institution.pk, hit)
    return sorted(found.values(), key=lambda one: -one.score)[:limit]


@dataclass(frozen=True)
class Names:
    """The names of these institutions (`kernel.names.ranking.Source`)."""

    rows: QuerySet[Institution]

    def by_keys(self, groups: Sequence[KeyGroup], limit: int) -> list[Row]:
        either = Q()
        for group in groups:
            every = Q()
            for some in group.all_of:
                every &= Q(keys__overlap=sorted(some))
            either |= every
        return self._rows(either, limit)

    def begun(self, words: Sequence[str], limit: int) -> list[Row]:
        every = Q()
        for word in words:
            every &= Q(folded__startswith=word) | Q(folded__contains=f" {word}")
        return self._rows(every, limit)

    def _rows(self, fits: Q, limit: int) -> list[Row]:
        names = InstitutionName.objects.filter(fits, institution__in=self.rows.order_by().values("pk")).order_by("pk")
        return [
            (pk, text, folded, True) for pk, text, folded in names.values_list("institution", "text", "folded")[:limit]
        ]


def _by_name(rows: QuerySet[Institution], text: str, limit: int) -> list[Found]:
    hits = ranked(text, Names(rows), limit, groups=look_ups(text), compare=alike_names)
    known = rows.in_bulk([hit.id for hit in hits])
    return [Found(known[hit.id], hit.score, hit.codes, hit.name, hit.fits, hit.same) for hit in hits if hit.id in known]


def _by_number(rows: QuerySet[Institution], digits: Collection[str], limit: int) -> list[Found]:
    if not digits:
        return []
    owners = InstitutionNumber.objects.filter(value__in=digits).values("institution")
    return [Found(one, CERTAIN, ("number",), same=True) for one in rows.filter(pk__in=owners)[:limit]]


def _numbers(newcomer: Newcomer) -> list[str]:
    """Numbers that tell one institution from others: a NIP is shared by all schools of a town."""
    return [clean(kind, value)[0] for kind, value in newcomer.numbers if kind != "nip"]


def _towns(rows: QuerySet[Institution]) -> dict[str, set[int]]:
    """Folded name of a town -> institutions with an address in it."""
    found: dict[str, set[int]] = defaultdict(set)
    places = Address.objects.filter(institution__in=rows.order_by().values("pk")).order_by("pk")
    for town, pk in places.values_list("town", "institution"):
        found[fold(town)].add(pk)
    return found


def _in_town(one: Found, there: set[int], somewhere: set[int]) -> Found:
    pk = one.institution.pk
    if pk in there:
        extra, codes = TOWN, ("town",)
    elif pk in somewhere:
        extra, codes = OTHER_TOWN, ("town_differs",)
    else:
        return one
    return Found(one.institution, one.score + extra, (*one.codes, *codes), one.name, one.fits, one.same)


def _calm(found: list[Found], limit: int) -> list[Found]:
    """Those that fit; only when there are none, the nearest few."""
    fitting = [one for one in found if one.fits]
    return fitting[:limit] if fitting else found[: min(WEAK, limit)]
