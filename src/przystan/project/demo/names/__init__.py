"""Names for the synthetic people: real languages, their own scripts, and the Latin spellings of offices.

Pure and seeded: the same `random.Random` gives the same names. See names.toml for the stock.
"""

from przystan.project.demo.names.making import (
    FamilyName,
    FullName,
    Spelling,
    another_spelling,
    languages,
    new_family,
    new_name,
)

__all__ = ["FamilyName", "FullName", "Spelling", "another_spelling", "languages", "new_family", "new_name"]
