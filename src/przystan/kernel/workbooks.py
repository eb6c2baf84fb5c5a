"""XLSX files of any length: rows go to disk as they come, so a million take no more memory than a hundred."""

import tempfile
from collections.abc import Callable
from typing import IO, Any


def written(fill: Callable[[Any], None]) -> IO[bytes]:
    """The file of the workbook that `fill` fills, from its beginning; whoever sends it closes it.

    Where `fill` fails, or ends a work that takes too long, no row of it is left anywhere.
    """
    from xlsxwriter import Workbook  # only now: who writes none does not load it

    file = tempfile.TemporaryFile()  # noqa: SIM115 - handed out
    try:
        with tempfile.TemporaryDirectory() as folder:
            # No name, no title, no author: properties of a document travel with it.
            options = {"constant_memory": True, "tmpdir": folder, "default_date_format": "yyyy-mm-dd"}
            book = Workbook(file, options)
            try:
                fill(book)
            except BaseException:
                for sheet in book.worksheets():
                    sheet.row_data_fh.close()
                raise
            book.close()
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file
