"""Every form that people fill in keeps what they type (docs/decisions/0054), or says here why not."""

import re
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "src/przystan"
FORM = re.compile(r"<form[^>]*method=\"post\".*?</form>", re.DOTALL)
FIELDS = re.compile(r"<c-field\b|<c-rows\b|<c-combobox\b|<textarea|\{\{ ?form ?\}\}")
SECRET = "passwords and codes, which are never kept"
SHORT = "a choice or two: filled in again in a second"
FILE = "a file, which is never kept"
SHOWN = "the page of components"
BEARER = "without an account: a link keeps nothing for whoever has it next"
PIECES = "its rows come from the server one by one, and say something else where some are missing"
UNKEPT = {
    "access/keys/page.html": SECRET,
    "access/keys/print.html": SECRET,
    "access/keys/recover.html": SECRET,
    "account/login.html": SECRET,
    "casework/team.html": SHORT,
    "desk/confirmation.html": SHORT,
    "desk/periods.html": SHORT,
    "exchange/columns.html": PIECES,
    "exchange/imports.html": FILE,
    "funding/_rule_editor.html": PIECES,
    "funding/take_file.html": FILE,
    "institutions/_checks.html": SHORT,
    "institutions/part_end.html": SHORT,
    "links/code.html": SECRET,
    "links/new.html": SHORT,
    "links/question.html": BEARER,
    "people/access.html": SHORT,
    "people/choose.html": SHORT,
    "people/fact_end.html": SHORT,
    "people/same.html": SHORT,
    "privacy/escrow.html": SHORT,
    "privacy/file_copy.html": SHORT,
    "privacy/person.html": SHORT,
    "privacy/subject.html": SHORT,
    "reports/programme.html": SHORT,
    "team/_invite.html": SECRET,
    "team/invitation.html": SECRET,
    "team/member.html": SHORT,
    "ui/_components_forms.html": SHOWN,
}


def templates() -> dict[str, list[str]]:
    """Template -> its forms with fields."""
    found = {}
    for path in sorted(SOURCES.rglob("templates/**/*.html")):
        forms = [form for form in FORM.findall(path.read_text(encoding="utf-8")) if FIELDS.search(form)]
        if forms:
            found[path.relative_to(SOURCES).as_posix().split("templates/")[1]] = forms
    return found


def test_every_form_that_is_filled_in_keeps_what_is_typed() -> None:
    bare = {
        name for name, forms in templates().items() if any("data-draft" not in form.split(">")[0] for form in forms)
    }
    assert sorted(bare - set(UNKEPT)) == [], "say data-draft, with the tier of what it writes; or in UNKEPT why not"
    assert sorted(set(UNKEPT) - bare) == [], "these keep it, or are gone: take them out of UNKEPT"
