"""What is said about files and rows, by code."""

import json
from collections.abc import Mapping, Sequence

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .refusals import heard
from .rules.notes import HIDDEN_COLUMN, HIDDEN_ROWS, HIDDEN_SHEET, about

Words = Mapping[str, str | Promise]

# Why a file cannot be read: what is wrong, and what to do. Nothing was changed in any of these cases.
FILES: Words = {
    "empty": gettext_lazy("There is nothing in this file."),
    "only_header": gettext_lazy("There is a header in this file, but no row below it."),
    "password": gettext_lazy(
        "The file is protected by a password. Open it, save it without the password, and try again."
    ),
    "old_xls": gettext_lazy("This is an old Excel file (.xls). Open it, save it as .xlsx, and try again."),
    "damaged": gettext_lazy(
        "The file is damaged and cannot be read. Open it in a spreadsheet program, save it again as .xlsx."
    ),
    "ods": gettext_lazy("This is an OpenDocument file (.ods). Open it, save it as .xlsx, and try again."),
    "quotes": gettext_lazy(
        "A quotation mark is opened in this file and never closed: what stands below it cannot be told apart."
        " Close it, or save the table as .xlsx."
    ),
    "not_a_table": gettext_lazy("This is no spreadsheet. Choose an .xlsx or .csv file."),
    "too_large": gettext_lazy("The file is too large (more than %(megabytes)s MB). Divide it into several."),
    "too_large_inside": gettext_lazy("What is packed in this file is too large. Divide it into several."),
    "too_long": gettext_lazy("There are more than %(rows)s rows in this file. Divide it into several."),
    "too_wide": gettext_lazy("There are more than %(columns)s columns in this file. Delete those that are not needed."),
    "too_full": gettext_lazy(
        "There are more than %(cells)s cells in this file, or too much text. Divide it into several."
    ),
    "too_many_sheets": gettext_lazy("There are more than %(sheets)s sheets in this file. Divide it into several."),
    "long_cell": gettext_lazy(
        "A cell in this file holds more than %(letters)s letters. Shorten it, or close a quotation mark that is open."
    ),
    "document_type": gettext_lazy(
        "This workbook holds instructions that no spreadsheet program writes. Open it, save it again as .xlsx."
    ),
    "cut_letters": gettext_lazy(
        "The file is damaged: some of its letters are only half there. Export it again from where it was made."
    ),
    "unknown_letters": gettext_lazy(
        "We cannot tell how the letters of this file were stored, and names would come out wrong. Open it where it was"
        " made and save it as “CSV UTF-8” or as .xlsx."
    ),
    "too_slow": gettext_lazy(
        "Reading this file takes too long (more than %(seconds)s seconds). Copy the table alone into a new workbook,"
        " or divide it into several."
    ),
    "too_much_memory": gettext_lazy(
        "Reading this file needs too much memory (more than %(megabytes)s MB). Copy the table alone into a new"
        " workbook, or divide it into several."
    ),
    "broken": gettext_lazy(
        "Reading stopped at something in this file that we do not understand. Copy the table alone into a new workbook."
    ),
}

# Why a job came to nothing, where it was not the file.
TROUBLES: Words = {
    "no_role": gettext_lazy("Whoever started the import has no role here any more."),
    "ours": gettext_lazy("Something went wrong on our side. Nothing was changed, nothing is lost. Try again."),
}

NOTES: Words = {
    "utf-8": gettext_lazy("Letters were read as UTF-8."),
    "utf-16": gettext_lazy("Letters were read as UTF-16."),
    "windows-1250": gettext_lazy(
        "Letters were read as Windows-1250. If ą, ę and ł look wrong below, save the file as UTF-8."
    ),
    "windows-1251": gettext_lazy(
        "Letters were read as Windows-1251 (Cyrillic). If names look wrong below, save the file as UTF-8."
    ),
    "iso-8859-2": gettext_lazy("Letters were read as ISO 8859-2. If names look wrong below, save the file as UTF-8."),
    "windows-1252": gettext_lazy(
        "Letters were read as Windows-1252 (western Europe). If names look wrong below, save the file as UTF-8."
    ),
    "koi8-u": gettext_lazy(
        "Letters were read as KOI8-U (Cyrillic). If names look wrong below, save the file as UTF-8."
    ),
    "cp866": gettext_lazy(
        "Letters were read as DOS letters (866, Cyrillic). If names look wrong below, save the file as UTF-8."
    ),
    "cp852": gettext_lazy("Letters were read as DOS letters (852). If names look wrong below, save the file as UTF-8."),
}

REMARKS: Words = {
    "hidden": gettext_lazy("this row is hidden in the file; it was read too"),
    "in_doubt": gettext_lazy("the file is not sure of it; taken like this"),
    "born_by_age": gettext_lazy("born in this year by the age in the file, or a year earlier"),
    "age_without_day": gettext_lazy(
        "this age is not taken: nothing says when it was written. Match a column with that day, or state it with the"
        " columns"
    ),
    "title_unknown": gettext_lazy("days of a title to stay without the title: kept as “not known”"),
    "interpreter_without_language": gettext_lazy(
        "needs an interpreter, but no language is told: not taken. Match a column with the language, or add it later"
    ),
    "kind_unknown": gettext_lazy("nothing says what kind of institution it is: taken as “other”"),
    "perhaps_listed": gettext_lazy("an institution like this is in the register: afterwards both wait to be compared"),
    "beside_phone": gettext_lazy("kept beside the number, as who else uses it"),
    "odd_number": gettext_lazy("there is no such phone number: a digit is missing or too many"),
    "month_first": gettext_lazy("read with the month first, as other dates of this column must be"),
    "day_or_month": gettext_lazy("read with the day first; the other dates of this column do not say if that is right"),
    "a_total": gettext_lazy("a total, and nobody: left out"),
    "heading_again": gettext_lazy("the headings once more: left out"),
    "only_a_number": gettext_lazy("nothing but a number: left out"),
    "only_errors": gettext_lazy("nothing but errors of the spreadsheet program: left out"),
    "merged": gettext_lazy("a merged cell: its value was read for each of its rows"),
    "formula_without_value": gettext_lazy(
        "a formula whose result is not stored in the file: open it, save it, and try again"
    ),
    "letters_lost": gettext_lazy("letters were lost before this file came here (�): look them up where it was made"),
}

PROBLEMS: Words = {
    "formula_without_value": gettext_lazy("a formula whose result is not stored in the file"),
    "letters_lost": gettext_lazy("letters are lost (�)"),
    "no_name": gettext_lazy("there is no name"),
    "no_letters": gettext_lazy("there are no letters in this name"),
    "until_before_from": gettext_lazy("the title ends before it begins"),
    "no_day": gettext_lazy("there is no day"),
    "no_town": gettext_lazy("there is a street, but no town"),
    "not_a_kind": gettext_lazy("we do not know this kind of institution"),
    "number_length": gettext_lazy("too many or too few digits for this register"),
    "number_check": gettext_lazy("the check digit does not fit: one of the digits is wrong"),
    "no_service": gettext_lazy("there is no service"),
    "nobody_found": gettext_lazy("nobody is registered under this name or number"),
    "perhaps_known": gettext_lazy("this may be somebody we know: say who it is, or that it is somebody new"),
    "perhaps_found": gettext_lazy("somebody may be meant: say whether it is they"),
    "several_found": gettext_lazy("several people may be meant: choose one"),
    "not_a_date": gettext_lazy("this is no date we can read; write it like 17.05.2001, 05.2001 or 2001"),
    "no_such_date": gettext_lazy("there is no such day in the calendar"),
    "day_missing": gettext_lazy("the day is missing: a month or a year is not enough here"),
    "in_future": gettext_lazy("this day has not come yet"),
    "too_long_ago": gettext_lazy("this is more than 120 years ago"),
    "not_minutes": gettext_lazy("this is no length of time we can read; write minutes, or like 1:30"),
    "more_than_a_day": gettext_lazy("a day has 24 hours"),
    "not_a_sex": gettext_lazy("not understood; write K or M"),
    "not_yes_no": gettext_lazy("not understood; write yes or no"),
    "not_a_count": gettext_lazy("this is no number of people"),
    "not_an_age": gettext_lazy("this is no age"),
    "letter_in_number": gettext_lazy("a letter stands among the digits, such as O for 0; write the number with digits"),
    "error_cell": gettext_lazy("an error of the spreadsheet program instead of a value: mend it in the file"),
    "two_people": gettext_lazy(
        "two people may stand in one cell: leave the row out and give each a row, or say that it is one person"
    ),
    "not_a_phone": gettext_lazy("this is no phone number"),
    "not_an_email": gettext_lazy("this is no e-mail address"),
    "not_a_country": gettext_lazy("we do not know this country"),
    "not_a_language": gettext_lazy("we do not know this language"),
    "not_a_title": gettext_lazy("we do not know this title to stay"),
    "not_a_place": gettext_lazy("we do not know this town"),
    "not_a_point": gettext_lazy("your centre has no such point"),
    "not_a_service": gettext_lazy("this service is not in the catalogue"),
    "not_a_topic": gettext_lazy("this topic is not in the catalogue"),
    "not_a_mode": gettext_lazy("not understood; write in person, phone, online, message"),
    "not_a_colleague": gettext_lazy("nobody of this name works in your centre"),
    "not_a_programme": gettext_lazy("your centre has no such programme"),
    "payer_refused": gettext_lazy("this programme cannot pay for it"),
    "refused": gettext_lazy("it cannot be written"),
}

FIELDS: Words = {
    "given": gettext_lazy("given names"),
    "family": gettext_lazy("family name"),
    "name": gettext_lazy("full name"),
    "native_name": gettext_lazy("name in the person's own script"),
    "other_name": gettext_lazy("another spelling"),
    "birth": gettext_lazy("born"),
    "age": gettext_lazy("age"),
    "written": gettext_lazy("day on which the age was written"),
    "sex": gettext_lazy("sex"),
    "citizenship": gettext_lazy("citizenship"),
    "phone": gettext_lazy("phone"),
    "email": gettext_lazy("e-mail"),
    "language": gettext_lazy("language"),
    "needs_interpreter": gettext_lazy("needs an interpreter"),
    "title": gettext_lazy("title to stay"),
    "title_from": gettext_lazy("title from"),
    "title_to": gettext_lazy("title until"),
    "arrived": gettext_lazy("came to Poland"),
    "place": gettext_lazy("town"),
    "reference": gettext_lazy("the centre's own reference"),
    "point": gettext_lazy("point"),
    "day": gettext_lazy("day"),
    "service": gettext_lazy("service"),
    "topic": gettext_lazy("topic"),
    "minutes": gettext_lazy("minutes"),
    "hours": gettext_lazy("hours"),
    "mode": gettext_lazy("how"),
    "interpreter": gettext_lazy("with an interpreter"),
    "staff": gettext_lazy("given by"),
    "payer": gettext_lazy("payer"),
    "headcount": gettext_lazy("number of people"),
    "next_step": gettext_lazy("next step"),
    "short_name": gettext_lazy("abbreviation, or what people call it"),
    "former_name": gettext_lazy("former name of the institution"),
    "kind": gettext_lazy("kind of institution"),
    "address": gettext_lazy("address in one cell"),
    "street": gettext_lazy("street and number"),
    "postcode": gettext_lazy("postcode"),
    "town": gettext_lazy("town"),
    "website": gettext_lazy("website"),
    "regon": "REGON",
    "nip": "NIP",
    "krs": "KRS",
    "rspo": "RSPO",
    "contact": gettext_lazy("person to ask for"),
    "contact_role": gettext_lazy("what that person does there"),
    "contact_phone": gettext_lazy("phone of that person"),
    "contact_email": gettext_lazy("e-mail of that person"),
    "note": gettext_lazy("good to know"),
}


def file_trouble(code: str, numbers: Mapping[str, int] | None = None) -> str:
    """Why the file cannot be read, and what to do; `numbers`: the limits that its sentence names."""
    said = {name: formats.number_format(number, force_grouping=True) for name, number in (numbers or {}).items()}
    return str(FILES.get(code, FILES["broken"])) % said


def noted(code: str, numbers: Mapping[str, int] | None = None) -> str:
    """Trouble as it is kept, to be said later in the language of whoever reads: "too_long rows=200000"."""
    return " ".join([code, *(f"{name}={number}" for name, number in (numbers or {}).items())])


def trouble(kept: str) -> str:
    """What `noted` or `noted_refusal` kept, in words."""
    if kept.startswith("{"):
        return heard(json.loads(kept))
    code, *numbers = kept.split(" ")
    if code in TROUBLES:
        return str(TROUBLES[code])
    if code in FILES:
        return file_trouble(code, {name: int(number) for name, _, number in (one.partition("=") for one in numbers)})
    return kept


def notes(codes: Sequence[str]) -> list[str]:
    """What there is to say about the file as a whole: how it was read, and what is hidden in it."""
    said = [str(NOTES[code]) for code in codes if code in NOTES]
    columns, sheets = about(codes, HIDDEN_COLUMN), about(codes, HIDDEN_SHEET)
    rows = sum(int(count) for count in about(codes, HIDDEN_ROWS))
    if rows:
        said.append(ngettext("%(count)d hidden row was read too.", "%(count)d hidden rows were read too.", rows))
        said[-1] %= {"count": rows}
    if columns:
        said.append(_("Columns hidden in the file were read too: %(columns)s.") % {"columns": ", ".join(columns)})
    if sheets:
        said.append(_("Hidden sheets were not read: %(sheets)s.") % {"sheets": ", ".join(sheets)})
    return said


def problem(code: str) -> str:
    """What is wrong with a value or a row, or is to be known of it."""
    return str(PROBLEMS.get(code) or REMARKS.get(code) or PROBLEMS["refused"])


def field_word(kind: str, field: str) -> str | Promise:
    """What a column means; a place is somebody's town, or where a support was given."""
    if (kind, field) == ("institutions", "name"):
        return gettext_lazy("official name")
    return gettext_lazy("where") if (kind, field) == ("supports", "place") else FIELDS[field]


def would_do(kind: str, counts: Mapping[str, int], *, done: bool = False) -> list[str]:
    """The dry run in sentences, or what an import did; only those with something to say."""
    new, same, skipped, bad, asking = (counts.get(name, 0) for name in ("new", "same", "skip", "bad", "open"))
    if done:  # what nobody answered was not imported, like what cannot be
        bad, asking = bad + asking, 0
    said = [
        (new, _new(kind, new, done)),
        (same, _same(kind, same)),
        (skipped, ngettext("%(count)d row is left out.", "%(count)d rows are left out.", skipped)),
        (asking, ngettext("In %(count)d row you say who it is.", "In %(count)d rows you say who it is.", asking)),
        (bad, ngettext("%(count)d row cannot be imported.", "%(count)d rows cannot be imported.", bad)),
    ]
    return [sentence % {"count": count} for count, sentence in said if count] or [_("Nothing would change.")]


def _same(kind: str, count: int) -> str:
    if kind == "institutions":
        return ngettext(
            "%(count)d row is about an institution in the register.",
            "%(count)d rows are about institutions in the register.",
            count,
        )
    return ngettext("%(count)d row is about somebody we know.", "%(count)d rows are about people we know.", count)


def _new(kind: str, count: int, done: bool) -> str:
    if kind == "supports":
        return ngettext("%(count)d row is an anonymous contact.", "%(count)d rows are anonymous contacts.", count)
    if done and kind == "institutions":
        return ngettext("%(count)d institution was added.", "%(count)d institutions were added.", count)
    if done:
        return ngettext("%(count)d person was registered.", "%(count)d people were registered.", count)
    return ngettext("%(count)d row will be new.", "%(count)d rows will be new.", count)
