"""Which kind of file it is, whatever its name says."""

from dataclasses import dataclass

from ..rules.table import Row

MOST_BYTES = 25 * 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Office files, and the wrapping of encrypted new ones
OTHERS = (b"<", b"%PDF", b"{\\rtf")  # a web page, a document: text, but no table
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Unreadable(ValueError):
    """The file cannot be read; `code` says why (see `exchange.wording`)."""

    def __init__(self, code: str, **details: object):
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name (empty for CSV), its rows, and codes of remarks on how it was read."""

    name: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def read_sheets(content: bytes) -> list[Sheet]:
    """All sheets with anything in them; Unreadable when it is no spreadsheet that we can read."""
    if not content.strip():
        raise Unreadable("empty")
    if len(content) > MOST_BYTES:
        raise Unreadable("too_large", megabytes=MOST_BYTES // 1024 // 1024)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(OTHERS):
        raise Unreadable("not_a_table")
    if content.startswith(OLE):
        raise Unreadable("password" if ENCRYPTED in content else "old_xls")
    if content.startswith(b"PK\x03\x04"):
        from .xlsx import read_xlsx

        sheets = read_xlsx(content)
    else:
        from .csv_text import read_csv

        sheets = [read_csv(content)]
    sheets = [sheet for sheet in sheets if any(not row.is_empty() for row in sheet.rows)]
    if not sheets:
        raise Unreadable("empty")
    return sheets
