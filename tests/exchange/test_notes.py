"""Notes on a file as a whole."""

from przystan.exchange.rules.notes import about, note, without


def test_a_note_is_found_by_its_code_alone() -> None:
    notes = ["windows-1250", note("sheet", "hidden_sheet: May"), note("hidden_sheet", "Old"), note("sheet", "June")]
    assert about(notes, "sheet") == ["hidden_sheet: May", "June"]
    assert about(notes, "hidden_sheet") == ["Old"]
    assert about(notes, "windows-1250") == []
    assert without(notes, "sheet") == ["windows-1250", "hidden_sheet:Old"]
