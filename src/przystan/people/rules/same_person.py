"""Are two one person? The one rule: registration, imports, search, the queue of doubles and the page that compares two
records all ask it. (`docs/decisions/0052`)

`evidence` says what there is, in codes (`people.wording` has their words), `verdict` what follows from it. Taken for
another, a person is lost; so "same" is said seldom, whatever differs speaks against, and in doubt somebody is asked.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from przystan.kernel.names import Comparison, compare
from przystan.kernel.phones import is_dummy

from .births import compare_births
from .references import reference_key

UNKNOWN: Final = "unknown"
TAIL: Final = 9  # digits of a phone number that stay whatever its country code, and whoever dials it

# What the comparison of two names may have overlooked and they are still clearly one name (kernel.names.compare).
CLEAR: Final = frozenset({"same_words", "same_sound", "other_script", "order_swapped", "patronymic_missing"})
# What leaves room for a twin, a sister, a father.
UNCLEAR: Final = frozenset(
    {"translated", "feminine_ending", "typo", "initial", "partial", "joined", "other_word", "part_only"}
)
WEAKEST: Final = frozenset({"typo", "other_word", "part_only"})  # of these: twins are often one letter apart
SLIPS: Final = frozenset({"birth_swapped", "birth_year_off", "birth_digit"})  # two birth dates that differ by a slip
TWO: Final = frozenset({"same_household", "related"})  # whoever wrote them down beside each other took them for two
AGAINST: Final = frozenset({"birth_differs", "reference_differs", "sex_differs"}) | TWO
WAYS: Final = frozenset({"phone", "phone_end", "email"})  # weak: families share them
BESIDE: Final = WAYS | {"birth", "birth_year"}

# What each adds to the likeness of the names; it orders candidates and decides nothing.
WEIGHTS: Final = {
    "reference": 0.8,
    "birth": 0.4,
    "email": 0.4,
    "phone": 0.3,
    "phone_end": 0.2,
    "birth_year": 0.15,
    "birth_swapped": 0.1,
    "birth_year_off": 0.05,
    "birth_digit": 0.05,
    "birth_differs": -0.4,
    "reference_differs": -0.2,
    "sex_differs": -0.3,
    "same_household": -0.5,
    "related": -0.5,
}
NOBODY: Final = re.compile(
    r"(n[.\s/]*n\.?|nieznan\w*|anonim\w*|bez nazwiska|unknown|anonymous|невідом\w*|неизвест\w*|анонім\w*|аноним\w*)",
    re.IGNORECASE,
)


class Verdict(IntEnum):
    """What the evidence allows to say; a higher one is nearer to "same"."""

    OTHER = 0
    PERHAPS = 1  # somebody must look
    SAME = 2  # nobody needs to be asked


@dataclass(frozen=True)
class Described:
    """What is known of somebody. `phones`: digits as `kernel.phones.digits_of` gives them; `birth`: a partial date;
    `households`, `relations`: ids of those they live in now, and of notes of who is whose kin. Whatever is empty is not
    known."""

    names: tuple[str, ...] = ()
    birth: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    reference: str = ""
    sex: str = UNKNOWN
    households: frozenset[int] = frozenset()
    relations: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Evidence:
    """Codes of what speaks for one person and against; `score` orders candidates; `name`: the second's, that fits."""

    score: float
    codes: tuple[str, ...]
    name: str = ""

    @property
    def verdict(self) -> Verdict:
        """What follows from it."""
        return verdict(self.codes)


def evidence(one: Described, other: Described) -> Evidence:
    """Everything that two descriptions say of each other, each code once. In the other order it is the same but for
    `name`."""
    fitting = _fitting(one.names, other.names)
    codes = [code] if (code := _reference(one, other)) else []
    score, name = 0.0, ""
    if fitting:
        outcome, name = fitting
        score = outcome.score
        codes += outcome.reasons if outcome.same else [_unlike(outcome)]
    codes += filter(None, (say(one, other) for say in SAYING))
    return Evidence(score + sum(WEIGHTS.get(code, 0.0) for code in codes), tuple(codes), name)


def verdict(codes: Collection[str]) -> Verdict:
    """What codes of evidence allow to say."""
    found = frozenset(codes)
    if is_named(found) and found & {"reference", "birth"} and not found & (AGAINST | SLIPS):
        return Verdict.SAME
    return Verdict.PERHAPS if any(asks(found) for asks in ASKING) else Verdict.OTHER


def is_named(codes: Collection[str]) -> bool:
    """Whether the names clearly fit."""
    return bool(CLEAR.intersection(codes)) and not (UNCLEAR | {"other_name"}).intersection(codes)


def is_doubted(codes: Collection[str]) -> bool:
    """Whether anything in the names or beside them speaks against one person."""
    return bool((UNCLEAR | AGAINST | SLIPS | {"other_name"}).intersection(codes))


def is_contradicted(codes: Collection[str]) -> bool:
    """Whether anything beside the names speaks against one person, a slip in the birth date too."""
    return bool((AGAINST | SLIPS).intersection(codes))


def stands_out(codes: Collection[str]) -> bool:
    """Whether two records of the register, about whom nobody asked, are worth a colleague's time.

    More is wanted than for somebody who stands at the desk: of the pairs that this leaves out few are one person
    (bench/doubles.md). Names alone are rare ones here, which the look-up sees to (`queries.doubles`).
    """
    found = frozenset(codes)
    if verdict(found) is Verdict.OTHER:
        return False
    strong = found & ({"reference", "birth"} | WAYS)
    return bool(strong) or not found & (UNCLEAR | {"reference_differs"})


def told_names(names: Sequence[str]) -> list[str]:
    """Names of somebody: "N.N." is nobody's."""
    return [name for name in names if name and not NOBODY.fullmatch(name.strip())]


# When somebody must look: one of these is enough.


def _one_reference(found: frozenset[str]) -> bool:
    """Under another name, too: one of the two may be written wrongly."""
    return "reference" in found


def _fits_by_name(found: frozenset[str]) -> bool:
    return is_named(found) and not found & (TWO | {"birth_differs", "sex_differs"})


def _in_all_but_sex(found: frozenset[str]) -> bool:
    return is_named(found) and "birth" in found and not found & (TWO | {"birth_differs"})


def _fits_beside_the_name(found: frozenset[str]) -> bool:
    """A name that leaves room needs something beside it, and with a slip in the birth date more than a letter."""
    if not found & UNCLEAR or found & (TWO | {"birth_differs", "sex_differs"}):
        return False
    if found & SLIPS:
        return bool(found & WAYS) and not found & WEAKEST
    return bool(found & (BESIDE - {"birth_year"} if "part_only" in found else BESIDE))


def _reached_without_a_name(found: frozenset[str]) -> bool:
    named = found & (CLEAR | UNCLEAR | {"other_name"})
    return not named and bool(found & WAYS) and not found & (AGAINST | SLIPS)


ASKING: Final[tuple[Callable[[frozenset[str]], bool], ...]] = (
    _one_reference,
    _fits_by_name,
    _in_all_but_sex,
    _fits_beside_the_name,
    _reached_without_a_name,
)

# What two descriptions say beside the names: a code, or "".


def _fitting(ours: Sequence[str], theirs: Sequence[str]) -> tuple[Comparison, str] | None:
    """The two names most alike, and which of theirs it is; None when one has none. The others say nothing more."""
    pairs = [(compare(one, other), other) for one in told_names(ours) for other in told_names(theirs)]
    return max(pairs, key=lambda pair: (pair[0].score, is_named(pair[0].reasons)), default=None)


def _unlike(outcome: Comparison) -> str:
    """Of two names that are not one: whether the shorter is the beginning of the other, or there is nothing in it."""
    return "part_only" if "partial" in outcome.reasons and "other_word" not in outcome.reasons else "other_name"


def _birth(one: Described, other: Described) -> str:
    return compare_births(one.birth, other.birth)


def _reference(one: Described, other: Described) -> str:
    ours, theirs = reference_key(one.reference), reference_key(other.reference)
    if not ours or not theirs:
        return ""
    return "reference" if ours == theirs else "reference_differs"


def _phone(one: Described, other: Described) -> str:
    ours, theirs = ({digits for digits in side.phones if not is_dummy(digits)} for side in (one, other))
    if ours & theirs:
        return "phone"
    ends = ({digits[-TAIL:] for digits in side if len(digits) >= TAIL} for side in (ours, theirs))
    return "phone_end" if set.intersection(*ends) else ""


def _email(one: Described, other: Described) -> str:
    ours, theirs = ({email.lower() for email in side.emails} for side in (one, other))
    return "email" if ours & theirs else ""


def _sex(one: Described, other: Described) -> str:
    return "sex_differs" if UNKNOWN not in (one.sex, other.sex) and one.sex != other.sex else ""


def _household(one: Described, other: Described) -> str:
    return "same_household" if one.households & other.households else ""


def _related(one: Described, other: Described) -> str:
    return "related" if one.relations & other.relations else ""


SAYING: Final = (_birth, _phone, _email, _sex, _household, _related)
