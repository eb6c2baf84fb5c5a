"""One person under any spelling, in any script.

A word is read aloud into signs of sound (`sounds`, `latin`, `readers`), with a sign of its own for
every spelling that countries read differently. Two words are compared by a weighted edit distance
over those signs (`distance`), two names by pairing their words (`compare`). Index keys are built
from the consonants (`keys`), so that a search looks at a handful of rows, never at all of them.
"""

from przystan.kernel.names.compare import SAME_THRESHOLD, Comparison, compare, compare_typed
from przystan.kernel.names.fold import fold
from przystan.kernel.names.index import NameIndex
from przystan.kernel.names.keys import KEYS_VERSION, KeyGroup, enough, keys, query_keys, strong_groups
from przystan.kernel.names.script import Script, script_of

__all__ = [
    "KEYS_VERSION",
    "SAME_THRESHOLD",
    "Comparison",
    "KeyGroup",
    "NameIndex",
    "Script",
    "compare",
    "compare_typed",
    "enough",
    "fold",
    "keys",
    "query_keys",
    "script_of",
    "strong_groups",
]
