"""Which kind of file it is, whatever its name says."""

import os
from typing import BinaryIO

from .archives import ODS_TYPE
from .csv_text import read_csv
from .limits import Limits, Tally, Unreadable
from .sheets import Sheet

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Office files, and the wrapping of encrypted new ones
OTHERS = (b"<", b"%PDF", b"{\\rtf", b"BZh", b"7z\xbc\xaf", b"Rar!")  # a web page, a document, an archive: no table
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ZIP = b"PK"
HEAD = 4096  # bytes that tell the kind of a file


def read_sheets(file: BinaryIO, limits: Limits) -> list[Sheet]:
    """All sheets with anything in them; Unreadable when it is no spreadsheet that we can read."""
    head = file.read(HEAD)
    if not head.strip() and file.seek(0, os.SEEK_END) <= HEAD:
        raise Unreadable("empty")
    file.seek(0)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(OTHERS):
        raise Unreadable("not_a_table")
    sheets = _read(file, head, Tally(limits))
    sheets = [sheet for sheet in sheets if any(not row.is_empty() for row in sheet.rows)]
    if not sheets:
        raise Unreadable("empty")
    return sheets


def _read(file: BinaryIO, head: bytes, tally: Tally) -> list[Sheet]:
    """By the beginning of the file; libraries are loaded where they are needed."""
    if head.startswith(OLE):
        if ENCRYPTED in file.read():
            raise Unreadable("password")
        from .other_books import read_book

        file.seek(0)
        return read_book(file, tally)
    if not head.startswith(ZIP):
        return [read_csv(file.read(), tally)]
    if ODS_TYPE in head:
        from .other_books import read_ods

        return read_ods(file, tally)
    from .xlsx import read_xlsx

    return read_xlsx(file, tally)
