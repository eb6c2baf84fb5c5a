"""The centre's own references, in the spellings that people use: "GD-2020-474", "GD 2020 474", "gd/2020/474"."""

import re

SEPARATORS = re.compile(r"[\s/\\._,:;#\u2013\u2014-]+")


def reference_key(text: str) -> str:
    """Equal for two spellings of one reference."""
    return SEPARATORS.sub("", text).upper()


def reference_digits(text: str) -> str:
    """All digits of it, by which it is looked up (as `Person.reference_digits`)."""
    return re.sub(r"[^0-9]", "", text)


def may_be_meant(typed: str, reference: str) -> bool:
    """Whether a reference as typed may be this one: the letters that it begins with are often left out."""
    asked, there = reference_key(typed), reference_key(reference)
    return bool(asked) and there.endswith(asked) and not any(map(str.isdigit, there[: len(there) - len(asked)]))
