"""CSV as Polish offices write it: UTF-8, UTF-16 or Windows-1250; semicolons, commas or tabs."""

import csv
import io
from itertools import islice

from przystan.kernel.cells import plain_text

from ..rules.table import Row
from .files import Sheet, Unreadable

MOST_COLUMNS = 500
MOST_ROWS = 200_000
LAST = "end"
BOMS = [(b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")]
BINARY = bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32))


def read_csv(content: bytes) -> Sheet:
    """The rows of a text file; how its letters were read is a note."""
    text, encoding = _decoded(content)
    delimiter = _delimiter(text)
    lines = _lines(text, delimiter)
    if max(map(len, lines), default=0) > MOST_COLUMNS:
        raise Unreadable("too_wide", columns=MOST_COLUMNS)
    rows = tuple(Row(number, tuple(map(_cell, line))) for number, line in enumerate(lines, start=1))
    return Sheet("", rows, (encoding,))


def _lines(text: str, delimiter: str) -> list[list[str]]:
    """The cells of each line. An own last line must come out alone, or a quotation mark was never closed."""
    whole = io.StringIO(text.rstrip("\r\n") + "\r\n" + LAST, newline="")
    try:
        lines = list(islice(csv.reader(whole, delimiter=delimiter), MOST_ROWS + 2))
    except csv.Error as error:
        raise Unreadable("damaged") from error
    if len(lines) > MOST_ROWS + 1:
        raise Unreadable("too_long", rows=MOST_ROWS)
    if lines.pop() != [LAST]:
        raise Unreadable("quotes")
    return lines


def _decoded(content: bytes) -> tuple[str, str]:
    for bom, encoding in BOMS:
        if content.startswith(bom):
            try:
                return content.decode(encoding), encoding.removesuffix("-sig")
            except UnicodeDecodeError as error:
                raise Unreadable("damaged") from error
    if any(byte in BINARY for byte in content[:4096]):
        raise Unreadable("not_a_table")
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1250", errors="replace"), "windows-1250"


def _delimiter(text: str) -> str:
    """The separator that cuts most of the first lines into the same number of parts, more than one."""
    lines = [line for line in text.splitlines()[:30] if line.strip()]

    def score(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        wide = [width for width in widths if width > 1]
        return (max(map(wide.count, wide)), max(wide)) if wide else (0, 0)

    return max(";,\t|", key=score)


def _cell(text: str) -> str:
    """Without NUL, and without the apostrophe by which our own exports keep text from being a formula."""
    return plain_text(text.replace("\x00", "").strip())
