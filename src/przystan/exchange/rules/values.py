"""Single values as people type them. Each reader returns the value, or raises `Unclear` with a code."""

import re
from datetime import date, timedelta

from przystan.kernel.dates import PartialDate, month_of
from przystan.kernel.text import folded_digits

from .table import plain

EXCEL_EPOCH = date(1899, 12, 30)
SERIALS = range(3654, 73051)  # 1910 to 2099, as Excel counts days
ABOUT = re.compile(r"^(?:około|okolo|ok|circa|ca|approx|about|~|\?|близько|около)\.?\s*", re.IGNORECASE)
DOUBT = re.compile(r"\s*(?:\(\?+\)|\?+)$")
YEAR_END = re.compile(r"\s*(?:r|rok|roku|g|р|г)\.?$", re.IGNORECASE)
PART = r"(\d{1,2}|[xX?_*]{1,2}|-{2})"  # a day or a month; 0, X and ? stand for one that nobody knows
ISO = re.compile(rf"^(\d{{4}})[-./]{PART}(?:[-./]{PART})?(?:[ T]\d{{1,2}}:\d{{2}}.*)?$")
POLISH = re.compile(rf"^{PART}\s*[-./, ]\s*{PART}\s*[-./, ]\s*(\d{{4}}|\d{{2}})(?:\s+\d{{1,2}}:\d{{2}}.*)?$")
MONTH_YEAR = re.compile(rf"^{PART}[-./](\d{{4}})$")
WITHOUT_FRACTION = re.compile(r"^(\d+)[.,]0+$")  # a number that a program wrote into a cell of text
WORDS = re.compile(r"^(\d{1,2})?[\s./-]*([^\W\d_]+)[\s./-]*(\d{4}|\d{2})$")
AHEAD = timedelta(days=20 * 365)  # how far a document is valid at the most


class Unclear(ValueError):
    """The text is not what the column should hold; `code` says in what way."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def in_doubt(text: str) -> bool:
    """Whether who wrote a date was not sure of it: "ok. 1985", "1985?"."""
    return bool(ABOUT.match(text.strip()) or DOUBT.search(text))


def partial_date(text: str, today: date) -> PartialDate:
    """A date, a month or a year: "1.02.1990", "01-02-90", "02.1990", "ok. 1985 r.", "3.V.1991", 32874,
    "00.00.1985"."""
    text = folded_digits(text).strip().rstrip(".,;")
    if not POLISH.match(text):  # there "?" is a day
        text = YEAR_END.sub("", ABOUT.sub("", DOUBT.sub("", text)))
    try:
        return PartialDate.parse(_iso(text, today))
    except ValueError as error:
        raise error if isinstance(error, Unclear) else Unclear("no_such_date") from error


def _iso(text: str, today: date) -> str:
    text = WITHOUT_FRACTION.sub(r"\1", text)
    if text.isdigit():
        return _digits(text)
    if match := ISO.match(text):
        return _joined(match[1], match[2], match[3])
    if match := POLISH.match(text):
        return _joined(_century(match[3], today), match[2], match[1])
    if match := MONTH_YEAR.match(text):
        return _joined(match[2], match[1], None)
    match = WORDS.match(text)
    # "maj 12" may be a day or a year: two digits are a year only behind a day.
    if match and (month := month_of(match[2])) and (match[1] or len(match[3]) == 4):
        return _joined(_century(match[3], today), str(month), match[1])
    raise Unclear("not_a_date")


def _digits(text: str) -> str:
    """A year, a day as Excel counts them, or eight digits in either order."""
    if len(text) == 4 and 1900 <= int(text) <= 2100:
        return text
    if len(text) == 5 and int(text) in SERIALS:
        return (EXCEL_EPOCH + timedelta(days=int(text))).isoformat()
    if len(text) == 8 and text[:2] in ("19", "20"):
        return _joined(text[:4], text[4:6], text[6:])
    if len(text) == 8:
        return _joined(text[4:], text[2:4], text[:2])
    raise Unclear("not_a_date")


def _joined(year: str, month: str, day: str | None) -> str:
    """As ISO text; a day is known only where the month is."""
    if not _is_known(month):
        return year
    return "-".join([year, f"{int(month):02}"] + ([f"{int(day):02}"] if day and _is_known(day) else []))


def _is_known(part: str) -> bool:
    return part.isdigit() and int(part) > 0


def _century(year: str, today: date) -> str:
    """Two digits mean the latest such year that is not in the future."""
    if len(year) == 4:
        return year
    full = today.year // 100 * 100 + int(year)
    return str(full if full <= today.year else full - 100)


def full_date(text: str, today: date) -> date:
    """A day, known as a whole; Unclear for a month or a year alone."""
    found = partial_date(text, today)
    if found.day is None:
        raise Unclear("day_missing")
    return found.earliest()


def last_day(text: str, today: date) -> date:
    """Until when something is valid: "28" is 2028, not 1928."""
    return full_date(text, today + AHEAD)


def past_day(text: str, today: date) -> date:
    """A day that is not in the future."""
    day = full_date(text, today)
    if day > today:
        raise Unclear("in_future")
    return day


def past_partial(text: str, today: date) -> str:
    """A partial date, as ISO text, that is not in the future nor more than 120 years ago."""
    found = partial_date(text, today)
    if found.earliest() > today:
        raise Unclear("in_future")
    if found.year < today.year - 120:
        raise Unclear("too_long_ago")
    return str(found)


HOURS = re.compile(r"^(\d+)(?:[.,](\d+))?\s*(?:h|g|godz|godziny|godzina|godzin|hours?|hrs?)\.?$")
HOURS_MINUTES = re.compile(r"^(\d{1,2})\s*(?::|h|godz\.?|g)\s*(\d{1,2})(?::00)?\s*(?:m|min|minut|minutes?)?\.?$")
MINUTES = re.compile(r"^(\d+)(?:[.,]0+)?\s*(?:m|min|minut|minuty|minutes?|['′])?\.?$")
DAY_MINUTES = 24 * 60


def minutes(text: str, *, hours: bool = False) -> int:
    """Minutes of "90", "1h30", "1:30", "1,5 godz."; a bare number counts hours where the column does."""
    text = text.strip().casefold()
    found: float
    if match := HOURS_MINUTES.match(text):
        found = int(match[1]) * 60 + int(match[2])
    elif match := HOURS.match(text):
        found = float(f"{match[1]}.{match[2] or 0}") * 60
    elif hours and re.match(r"^\d+([.,]\d+)?$", text):
        found = float(text.replace(",", ".")) * 60
    elif match := MINUTES.match(text):
        found = int(match[1])
    else:
        raise Unclear("not_minutes")
    if not 0 <= found <= DAY_MINUTES:
        raise Unclear("more_than_a_day")
    return round(found)


SEXES = {
    "female": "k kobieta kob pani dziewczynka f female woman w ż ж жінка женщина жен żeńska żeński",
    "male": "m mężczyzna mężcz pan chłopiec mezczyzna male man м ч чоловік мужчина муж męska męski",
    "other": "inna inne other x інша другой",
}
SEX_WORDS = {word: sex for sex, words in SEXES.items() for word in words.split()}
YES = frozenset("tak t yes y 1 x + v ✓ ✔ ☑ ✅ √ так да true prawda potrzebny".split())
NO = frozenset("nie n no 0 ✗ ✘ ☐ ❌ ні нет false fałsz".split())


def sex(text: str) -> str:
    """A value of `people.enums.Sex`; the word "m" is a man, as in Polish files ("K/M")."""
    try:
        return SEX_WORDS[plain(text)]
    except KeyError as error:
        raise Unclear("not_a_sex") from error


def yes_no(text: str) -> bool:
    """Whether a cell says yes."""
    word = WITHOUT_FRACTION.sub(r"\1", text.strip().casefold()).replace("\ufe0f", "")
    if word in YES or plain(text) in YES:
        return True
    if word in NO or plain(text) in NO:
        return False
    raise Unclear("not_yes_no")


def headcount(text: str) -> int:
    """A number of people, at least 1."""
    digits = re.sub(r"\s*(os|osób|osoby|people)\.?$", "", text.strip().casefold())
    if not digits.isdigit() or not 1 <= int(digits) <= 2000:
        raise Unclear("not_a_count")
    return int(digits)


def parts(text: str) -> list[str]:
    """Several values in one cell: separated by ",", ";", "/", a new line, or a "+" that begins no phone number."""
    return [part.strip() for part in re.split(r"[,;/\n]|\+(?!\s?\d)", text) if part.strip()]


def age(text: str) -> int:
    """Whole years, 0 to 120."""
    digits = re.sub(r"\s*(lat|lata|rok|l|years?|y)\.?$", "", text.strip().casefold())
    if not digits.isdigit() or int(digits) > 120:
        raise Unclear("not_an_age")
    return int(digits)


NUMBER = re.compile(r"\+?\(?\d(?:[ \t\xa0().–-]*\d)*\)?")
WRITTEN_AS_FRACTION = re.compile(r"(\d{6,})\.0+(?!\d)")
LETTER_IN_NUMBER = re.compile(r"\d[OoОоIl]+\b|\b[OoОо]\d")  # 2OO, of Latin or Cyrillic letters
# Words beside a number that say no more than that it is one.
SAYS_PHONE = re.compile(
    r"(?:(?:tel|telefon|kom|kom[óo]rka|nr|numer|mob|mobile|phone|lub|albo|i|oraz|or|and|тел|телефон|або|или)\b[\s.:]*)+",
    re.IGNORECASE,
)
EDGES = " \t\n\xa0,;/:.()[]–-"


def phones(text: str) -> list[tuple[str, str]]:
    """Each number of a cell with the words beside it: "600 100 200 (mama)" is [("600 100 200", "mama")].

    A number has 6 to 15 digits. Unclear when there is none, or digits are left over: "4.86E+10" has lost its own.
    """
    text = WRITTEN_AS_FRACTION.sub(r"\1", folded_digits(text))
    if LETTER_IN_NUMBER.search(text):
        raise Unclear("letter_in_number")
    found = [match for match in NUMBER.finditer(text) if 6 <= len(re.sub(r"\D", "", match[0])) <= 15]
    if not found:
        raise Unclear("not_a_phone")
    ends = [0, *(match.end() for match in found)]
    starts = [*(match.start() for match in found), len(text)]
    words = [_words_beside(text[end:start]) for end, start in zip(ends, starts, strict=True)]
    if any(map(str.isdigit, "".join(words))):
        raise Unclear("not_a_phone")
    # "mama: 600 …, tata: 500 …" names them before, "600 … (mama), 500 … (tata)" behind.
    beside = words[:-1] if words[0] and not words[-1] else [" ".join(filter(None, words[:2])), *words[2:]]
    return [(_number(match[0]), said) for match, said in zip(found, beside, strict=True)]


def _words_beside(text: str) -> str:
    words = text.strip(EDGES)
    return "" if SAYS_PHONE.fullmatch(words) else words


def _number(text: str) -> str:
    """Without a bracket that belongs to the words."""
    return text if text.count("(") == text.count(")") else text.strip("()")


def email(text: str) -> str:
    """Something with one @ and a dot behind it."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", text.strip()):
        raise Unclear("not_an_email")
    return text.strip()
