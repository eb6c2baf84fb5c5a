"""Workbooks that are archives, XLSX and ODS: looked over before anything in them is read."""

import zipfile
from typing import BinaryIO

from .limits import Limits, Unreadable
from .sheet_xml import require_plain

ENCRYPTED_ENTRY = 1  # flag of an entry of an archive
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


def opened(file: BinaryIO, limits: Limits) -> zipfile.ZipFile:
    """The archive. Unreadable when it holds too much, is damaged, has a password, or instructions in its XML."""
    archive = zipfile.ZipFile(file)
    entries = archive.infolist()
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked or unpacked > max(limits.plausible, limits.tightest * packed):
        raise Unreadable("too_large_inside")
    names = [entry.filename for entry in entries]
    if "[Content_Types].xml" not in names and not is_ods(archive):
        raise Unreadable("not_a_table")
    if any(entry.flag_bits & ENCRYPTED_ENTRY for entry in entries):
        raise Unreadable("password")
    if len(set(names)) < len(names):
        raise Unreadable("damaged")  # two parts of one name: programs would not agree which one counts
    return archive


def is_ods(archive: zipfile.ZipFile) -> bool:
    """Whether it says that it is a table of OpenDocument; a text of OpenDocument is an archive, too."""
    if not {"content.xml", "mimetype"} <= set(archive.namelist()):
        return False
    with archive.open("mimetype") as part:
        return part.read(len(ODS_TYPE)) == ODS_TYPE


def require_plain_parts(archive: zipfile.ZipFile) -> None:
    """Unreadable when a part begins with a document type."""
    for entry in archive.namelist():
        if entry.endswith((".xml", ".rels")):
            require_plain(archive, entry)
