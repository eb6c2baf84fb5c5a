"""Public references: random, so that a URL tells neither how many records there are nor which came first."""

import secrets

# Crockford's base 32 in lower case: no i, l, o, u, so that a reference can be read out over the phone.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 12


def new_ref() -> str:
    """A fresh reference of 12 characters (60 random bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
