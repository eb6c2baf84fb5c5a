"""What is said about rows and their values, by code."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

Words = Mapping[str, str | Promise]

REMARKS: Words = {
    "hidden": gettext_lazy("this row is hidden in the file; it was read too"),
    "as_above": gettext_lazy("the file says “as above”: taken from the row above"),
    "in_doubt": gettext_lazy("the file is not sure of it; taken like this"),
    "born_by_age": gettext_lazy("born in this year by the age in the file, or a year earlier"),
    "age_without_day": gettext_lazy(
        "this age is not taken: nothing says when it was written. Match a column with that day, or state it with the"
        " columns"
    ),
    "title_unknown": gettext_lazy("days of a title to stay without the title: kept as “not known”"),
    "interpreter_without_language": gettext_lazy(
        "needs an interpreter, but no language is told: not taken. Match a column with the language, or add it later"
    ),
    "kind_unknown": gettext_lazy("nothing says what kind of institution it is: taken as “other”"),
    "perhaps_listed": gettext_lazy("an institution like this is in the register: afterwards both wait to be compared"),
    "beside_phone": gettext_lazy("kept beside the number, as who else uses it"),
    "odd_number": gettext_lazy("there is no such phone number: a digit is missing or too many"),
    "month_first": gettext_lazy("read with the month first, as other dates of this column must be"),
    "day_or_month": gettext_lazy("read with the day first; the other dates of this column do not say if that is right"),
    "a_total": gettext_lazy("a total, and nobody: left out"),
    "heading_again": gettext_lazy("the headings once more: left out"),
    "only_a_number": gettext_lazy("nothing but a number: left out"),
    "only_errors": gettext_lazy("nothing but errors of the spreadsheet program: left out"),
    "alike_in_file": gettext_lazy("an anonymous contact like this stands above: it will be counted once more"),
    "alike_in_ledger": gettext_lazy("an anonymous contact like this is recorded already: it will be counted once more"),
    "before_birth": gettext_lazy("before this person was born, by the register: the day or the birth is wrong"),
    "never_there": gettext_lazy("no mark says that this person was there: left out"),
    "days_there": gettext_lazy("recorded already on these days"),
    "names_nobody": gettext_lazy("no name stands here: nobody is registered for it"),
    "births_of_others": gettext_lazy("not as many births as people in the column before: not taken"),
    "family_name_of_row": gettext_lazy("the family name is taken from the row"),
    "family_too_large": gettext_lazy("more rows share this number than a family has people: not taken as a family"),
    "family_above": gettext_lazy("no number of a family: taken as of the family above"),
    "of_no_family": gettext_lazy(
        "said to be this in a family, but no row tells of which family: nobody is joined. Give the rows of a family one"
        " number in the file, or join them by hand later"
    ),
    "family_by_reference": gettext_lazy("several people have this reference: taken as a family"),
    "at_home": gettext_lazy(
        "keeps house with somebody in the register, and stays there; others of the family who live with nobody join"
    ),
    "merged": gettext_lazy("a merged cell: its value was read for each of its rows"),
    "formula_without_value": gettext_lazy(
        "a formula whose result is not stored in the file: open it, save it, and try again"
    ),
    "letters_lost": gettext_lazy("letters were lost before this file came here (�): look them up where it was made"),
}

PROBLEMS: Words = {
    "formula_without_value": gettext_lazy("a formula whose result is not stored in the file"),
    "letters_lost": gettext_lazy("letters are lost (�)"),
    "no_name": gettext_lazy("there is no name"),
    "no_letters": gettext_lazy("there are no letters in this name"),
    "until_before_from": gettext_lazy("the title ends before it begins"),
    "no_day": gettext_lazy("there is no day"),
    "no_town": gettext_lazy("there is a street, but no town"),
    "not_a_kind": gettext_lazy("we do not know this kind of institution"),
    "number_length": gettext_lazy("too many or too few digits for this register"),
    "number_check": gettext_lazy("the check digit does not fit: one of the digits is wrong"),
    "no_service": gettext_lazy("there is no service"),
    "nobody_found": gettext_lazy("nobody is registered under this name or number"),
    "perhaps_known": gettext_lazy("this may be somebody we know: say who it is, or that it is somebody new"),
    "perhaps_found": gettext_lazy("somebody may be meant: say whether it is they"),
    "several_found": gettext_lazy("several people may be meant: choose one"),
    "twice_in_file": gettext_lazy(
        "the same person, day, service and time stand in an earlier row: leave it out, or say again who it is"
    ),
    "twice_in_ledger": gettext_lazy(
        "the same person, day, service and time are recorded already: leave it out, or say again who it is"
    ),
    "days_in_ledger": gettext_lazy(
        "some of these days are recorded already: take only the others, leave the row out, or say again who it is"
    ),
    "not_a_mark": gettext_lazy("we do not know this mark"),
    "not_a_date": gettext_lazy("this is no date we can read; write it like 17.05.2001, 05.2001 or 2001"),
    "no_such_date": gettext_lazy("there is no such day in the calendar"),
    "day_missing": gettext_lazy("the day is missing: a month or a year is not enough here"),
    "in_future": gettext_lazy("this day has not come yet"),
    "too_long_ago": gettext_lazy("this is more than 120 years ago"),
    "not_minutes": gettext_lazy("this is no length of time we can read; write minutes, or like 1:30"),
    "more_than_a_day": gettext_lazy("a day has 24 hours"),
    "not_a_sex": gettext_lazy("not understood; write K or M"),
    "not_yes_no": gettext_lazy("not understood; write yes or no"),
    "not_a_count": gettext_lazy("this is no number of people"),
    "not_an_age": gettext_lazy("this is no age"),
    "letter_in_number": gettext_lazy("a letter stands among the digits, such as O for 0; write the number with digits"),
    "error_cell": gettext_lazy("an error of the spreadsheet program instead of a value: mend it in the file"),
    "name_as_above": gettext_lazy("“as above” is no name: write the name itself in the file"),
    "two_people": gettext_lazy(
        "two people may stand in one cell: leave the row out and give each a row, or say that it is one person"
    ),
    "not_a_phone": gettext_lazy("this is no phone number"),
    "not_an_email": gettext_lazy("this is no e-mail address"),
    "not_a_country": gettext_lazy("we do not know this country"),
    "not_a_language": gettext_lazy("we do not know this language"),
    "not_a_title": gettext_lazy("we do not know this title to stay"),
    "not_a_place": gettext_lazy("we do not know this town"),
    "not_a_family_role": gettext_lazy("we do not know what this is in a family"),
    "unclear_relative": gettext_lazy("this is more than a name and a birth: give this person a row"),
    "not_a_point": gettext_lazy("your centre has no such point"),
    "not_a_service": gettext_lazy("this service is not in the catalogue"),
    "not_a_topic": gettext_lazy("this topic is not in the catalogue"),
    "not_a_mode": gettext_lazy("not understood; write in person, phone, online, message"),
    "not_a_colleague": gettext_lazy("nobody of this name works in your centre"),
    "not_a_programme": gettext_lazy("your centre has no such programme"),
    "payer_refused": gettext_lazy("this programme cannot pay for it"),
    "refused": gettext_lazy("it cannot be written"),
}


def problem(code: str) -> str:
    """What is wrong with a value or a row, or is to be known of it."""
    return str(PROBLEMS.get(code) or REMARKS.get(code) or PROBLEMS["refused"])
