"""`seats` is a small module with secrets; it is tried in the copy that test_new_module.py makes, not from here."""

collect_ignore = ["seats"]
