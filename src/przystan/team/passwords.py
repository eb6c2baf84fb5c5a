"""First passwords: made by us, read out over a table, used once."""

import secrets

# Without look-alike letters, about 48 bits.
SYLLABLES = ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ra", "se", "ti", "wo", "za", "ju", "ha"]


def new_password() -> str:
    """Four short groups, easy to type once and then changed."""
    return "-".join("".join(secrets.choice(SYLLABLES) for _ in range(3)) for _ in range(4))
