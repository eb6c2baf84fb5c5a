"""Public references: random, so that a URL tells neither how many records there are nor which came first."""

import secrets

# Crockford's base 32 in lower case: no i, l, o, u, so that a reference can be read out over the phone.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 12


def new_ref() -> str:
    """A fresh reference of 12 characters (60 random bits)."""
    bits = secrets.randbits(5 * LENGTH)
    return "".join([ALPHABET[bits >> 5 * at & 31] for at in range(LENGTH)])


class RefConverter:
    """A reference in a URL: `<ref:ref>`. No word of the interface has its shape by chance: it lacks i, l, o and u."""

    regex = f"[{ALPHABET}]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
