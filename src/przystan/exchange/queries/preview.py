"""What a user sees of a batch before and after the import."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from przystan.access.actors import Actor
from przystan.institutions.models import Institution
from przystan.institutions.queries import why
from przystan.people.models import Person
from przystan.people.queries.many import Likeness
from przystan.ui.templatetags.ui import day

from ..enums import BatchState, Decision, ImportKind
from ..models import ImportBatch, ImportRow
from ..refusals import heard
from ..rules.drafts import OPEN, REPEATED, Problem, is_open
from ..rules.unknown import Unknown, unknown_in
from ..wording import REMARKS, problem
from .families import at_home, family_words
from .understood import Said, understood

LEFT = Q(~Q(problems=[]), ~Q(decision=Decision.SKIP))


def _only(codes: Iterable[str]) -> list[dict[str, Any]]:
    return [asdict(Problem(None, code)) for code in sorted(codes)]


ASKING = LEFT & (
    Q(decision=Decision.NEW, problems__contained_by=_only(OPEN))
    | Q(decision=Decision.SAME, problems__contained_by=_only(REPEATED))
)
FILTERS = {
    "left": LEFT,  # as they are, they are not imported
    "open": ASKING,  # as `is_open` says of one
    "bad": LEFT & ~ASKING,
    "alike": ~Q(candidates=[]),
    "new": Q(problems=[], decision=Decision.NEW),
    "same": Q(problems=[], decision=Decision.SAME),
    "skip": Q(decision=Decision.SKIP),
    "made": Q(made=True),
    "noted": ~Q(remarks=[]),
}
TOLD = frozenset({"refused", "unfit"})


@dataclass(frozen=True)
class Choice:
    """Somebody whom a row may be about, and what tells them from another who may be. `person`: a page may be opened."""

    value: str
    name: str
    reasons: list[Any]
    facts: tuple[str, ...] = ()
    person: bool = False


@dataclass(frozen=True)
class Cell:
    """A mapped cell with its header; `wrong`: it is what a problem is about."""

    header: str
    text: str
    wrong: bool


@dataclass(frozen=True)
class Shown:
    """A row with its mapped cells, what was understood of them, what that adds to somebody known, sentences on what is
    wrong, and what can be decided; `open`: it must be. `rest`: of its days only some are recorded."""

    row: ImportRow
    cells: list[Cell]
    read: list[Said]
    adds: list[Said]
    problems: list[str]
    remarks: list[Any]
    choices: list[Choice]
    open: bool
    rest: bool


def rows_of(batch: ImportBatch, kind: str = "") -> QuerySet[ImportRow]:
    """The rows of a batch: all, or those of one of FILTERS."""
    return batch.rows.filter(FILTERS.get(kind, Q())).order_by("number", "part")


def shown(
    actor: Actor, batch: ImportBatch, rows: Sequence[ImportRow], adding: Mapping[int, dict[str, Any]]
) -> list[Shown]:
    """Rows as a page needs them, with the names of the people they may be about. `adding`: what rows would add to
    people we know, by the id of the row; what they have added they tell themselves.
    """
    refs = {candidate["ref"] for row in rows for candidate in row.candidates if candidate["ref"][0] != "#"}
    people = _people(actor, batch, refs)
    columns = [int(column) for column in batch.mapping]
    read = _in_words(batch, rows, {row.pk: row.entry for row in rows})
    added = {row.pk: row.added["said"] for row in rows if "said" in row.added}
    adds = _in_words(batch, rows, {**adding, **added})
    settled = at_home(actor, rows) if batch.counts.get("families") and batch.state == BatchState.CHECKED else set()
    return [_shown(batch, row, columns, people, read[row.pk], adds.get(row.pk, []), settled) for row in rows]


def _in_words(
    batch: ImportBatch, rows: Sequence[ImportRow], entries: Mapping[int, dict[str, Any]]
) -> dict[int, list[Said]]:
    said = understood(batch.kind, entries)
    families = family_words(batch, {row.pk: (row.label, entries[row.pk]) for row in rows if row.pk in entries})
    return {pk: [*words, *families.get(pk, [])] for pk, words in said.items()}


def _people(actor: Actor, batch: ImportBatch, refs: set[str]) -> dict[str, Choice]:
    """Who is offered, by their references."""
    if batch.kind == ImportKind.INSTITUTIONS:
        rows = Institution.objects.seen_by(actor).filter(ref__in=refs)
        return {ref: Choice(ref, name, []) for ref, name in rows.order_by("pk").values_list("ref", "name")}
    people = Person.objects.named_for(actor).filter(ref__in=refs).prefetch_related("names")
    return {
        one.ref: Choice(one.ref, one.display_name, [], _told_apart(one) if one.is_open else (), one.is_open)
        for one in people
    }


def _told_apart(person: Person) -> tuple[str, ...]:
    born = _("born %(day)s") % {"day": day(person.birth)} if person.birth else ""
    return tuple(filter(None, (born, person.centre_reference)))


def _reasons(batch: ImportBatch, one: dict[str, Any]) -> list[Any]:
    said = why(one["codes"]) if batch.kind == ImportKind.INSTITUTIONS else Likeness(**one).reasons
    return list(dict.fromkeys(map(str, said)))


def _shown(
    batch: ImportBatch,
    row: ImportRow,
    columns: list[int],
    people: dict[str, Choice],
    read: list[Said],
    adds: list[Said],
    settled: Collection[str],
) -> Shown:
    wrong = {found["column"] for found in row.problems}
    filled = [column for column in columns if column < len(row.cells) and row.cells[column].strip()]
    return Shown(
        row=row,
        cells=[Cell(batch.header[column], row.cells[column][:80], column in wrong) for column in filled],
        read=read,
        adds=adds,
        problems=[sentence(batch, found) for found in row.problems] if row.decision != Decision.SKIP else [],
        remarks=[remark(batch, found) for found in [*row.remarks, *(["at_home"] if row.chosen in settled else [])]],
        choices=[
            replace(people.get(one["ref"]) or Choice(one["ref"], _row(one["ref"]), []), reasons=_reasons(batch, one))
            for one in row.candidates
            if one["ref"] in people or one["ref"][0] == "#"
        ],
        open=is_open(row.decision, row.problems),
        rest=0 < len(row.entry.get("there", ())) < len(row.entry.get("marks", ())),
    )


def _row(ref: str) -> str:
    """Another row of the file, "#12", in words."""
    return _("whoever is in row %(number)s") % {"number": ref[1:]}


def sentence(batch: ImportBatch, found: dict[str, Any]) -> str:
    """A problem with its column and what was read: "Data ur.: “31.02.1990”: there is no such day in the calendar"."""
    told = found["code"] in TOLD  # its text is the sentence itself
    words = heard(found["text"]) if told and found["text"] else problem(found["code"])
    text = "" if told else found["text"][:60]
    if found["column"] is not None and text:
        values = {"header": batch.header[found["column"]], "text": text, "problem": words}
        return _("%(header)s, “%(text)s”: %(problem)s") % values
    return _("“%(text)s”: %(problem)s") % {"text": text, "problem": words} if text else words


def remark(batch: ImportBatch, found: Any) -> str:
    """What is to be known of a row: a code alone, or one with its column and text."""
    return str(REMARKS[found]) if isinstance(found, str) else sentence(batch, found)


def samples(batch: ImportBatch, count: int = 3) -> list[list[str]]:
    """For each column its first values that are not empty."""
    found: list[list[str]] = [[] for _ in batch.header]
    for cells in batch.rows.order_by("number", "part").values_list("cells", flat=True)[:50]:
        for column, text in enumerate(cells[: len(found)]):
            if text.strip() and len(found[column]) < count and text not in found[column]:
                found[column].append(text[:40])
    return found


def same_file(actor: Actor, batch: ImportBatch) -> ImportBatch | None:
    """An earlier import of the very same file that was not undone."""
    ours = ImportBatch.objects.filter(organisation_id=actor.organisation_id)  # whoever took it in
    earlier = ours.filter(sha256=batch.sha256, kind=batch.kind, state="done")
    return earlier.exclude(pk=batch.pk).select_related("by").order_by("-id").first()


def unknown_values(batch: ImportBatch) -> list[tuple[Unknown, int]]:
    """Values of the file that are like nothing in our lists, with the number of rows, the most frequent first."""
    rows = batch.rows.exclude(problems=[]).exclude(decision=Decision.SKIP).order_by("number", "part")
    return unknown_in(rows.values_list("problems", flat=True))
