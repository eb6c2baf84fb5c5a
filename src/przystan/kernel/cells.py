"""Text in spreadsheets. A cell that begins like a formula must stay a text, wherever it is opened."""

# What Excel, LibreOffice or Google Sheets read as the beginning of a formula, in their wide forms too.
BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
GUARD = "'"


def csv_text(text: str) -> str:
    """A text for a CSV cell, with an apostrophe before what would be read as a formula; `plain_text` takes it off.

    NUL and other control characters are left out: some programs cut the cell there.
    """
    text = "".join(letter for letter in text if letter in "\t\r\n" or letter >= " ")
    return GUARD + text if text.lstrip(" ").startswith(BEGINS_FORMULA) or text.startswith(GUARD) else text


def plain_text(cell: str) -> str:
    """What `csv_text` was given."""
    guarded = cell.startswith(GUARD) and (cell[1:].lstrip(" ").startswith(BEGINS_FORMULA) or cell[1:].startswith(GUARD))
    return cell[1:] if guarded else cell
