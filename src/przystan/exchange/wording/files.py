"""What is said about a file, by code: why it cannot be read, how it was."""

import json
from collections.abc import Mapping, Sequence

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..refusals import heard
from ..rules.notes import HIDDEN_COLUMN, HIDDEN_ROWS, HIDDEN_SHEET, about

Words = Mapping[str, str | Promise]

# Why a file cannot be read: what is wrong, and what to do. Nothing was changed in any of these cases.
FILES: Words = {
    "empty": gettext_lazy("There is nothing in this file."),
    "only_header": gettext_lazy("There is a header in this file, but no row below it."),
    "password": gettext_lazy(
        "The file is protected by a password. Open it, save it without the password, and try again."
    ),
    **dict.fromkeys(("old_xls", "ods"), gettext_lazy("Files of this kind can be read by now. Read it once more.")),
    "damaged": gettext_lazy(
        "The file is damaged and cannot be read. Open it in a spreadsheet program, save it again as .xlsx."
    ),
    "quotes": gettext_lazy(
        "A quotation mark is opened in this file and never closed: what stands below it cannot be told apart."
        " Close it, or save the table as .xlsx."
    ),
    "not_a_table": gettext_lazy("This is no spreadsheet. Choose an .xlsx, .xls, .ods or .csv file."),
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
    "other_book": gettext_lazy(
        "Of .xls and .ods files we cannot tell what is hidden, and cells with errors are read as empty. Where that"
        " matters, save the file as .xlsx."
    ),
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
