"""What every action does, whoever wrote it: it asks for a right itself, and leaves a deed."""

import ast
from collections.abc import Iterator

from tests.harness.calls import actions, reached, sources

from przystan.access.audit import READ
from przystan.access.deeds import VERBS
from przystan.access.modules import deeds

RECORDS = {"przystan.access.audit.record", "przystan.access.audit.record_all"}
ASKS = (".require", ".can", ".actors.Forbidden", ".decisions.decide", ".decisions.require")
PART = "a part of another action, which leaves the deed"
STEP = "a step of an import; that it was taken, run, undone or given up is written down"
OWN_WORDS = "one's own words, before they are saved; nothing of anybody is shown or changed"
# Actions without a deed of their own, and why.
SILENT = {
    "drafts.actions.keep": OWN_WORDS,
    "drafts.actions.settle": OWN_WORDS,
    "drafts.actions.throw_away": OWN_WORDS,
    "exchange.actions.forgetting.forget": PART,
    "exchange.actions.matching.match_columns": STEP,
    "exchange.actions.reading.read": STEP,
    "exchange.actions.running.start": STEP,
    "exchange.actions.taking.read_again": STEP,
    "exchange.actions.undoing.start_undo": STEP,
    "funding.actions.reallocation.try_move": "tells what a move would do; nothing is changed",
    "ledger.actions.periods.to_close": "tells what would be closed; nothing is changed",
    "links.actions.reminding.make_due": "what waits for staff; that a reminder was sent is written down",
    "people.actions.bulk.faults": "tells what is wrong; nothing is changed",
    "people.actions.families.leave_empty": STEP,
    "people.actions.leaving_home.forget": PART,
    "institutions.actions.pairs.suspect": "a guess, which nobody has answered yet",
    "people.actions.pairs.suspect": "a guess, which nobody has answered yet",
    "people.actions.parting.part": PART,
    "people.actions.putting_away.forget_traces": PART,
    "people.actions.putting_away.put_away": PART,
    "people.actions.teams.admission": PART,
    "people.actions.teams.admit": PART,
    "people.actions.teams.keep_working": PART,
    "privacy.actions.copies.gather": PART,
    "privacy.actions.lending.require_hands": "tells whether a key can be lent; nothing is changed",
    "privacy.actions.releasing.gather_file": PART,
    "privacy.actions.wiping.wipe": PART,
    "privacy.actions.wiping.wipe_rows": PART,
}
OPENED = "an emergency look that `privacy` has opened, by its own rules"
HOURLY = "what a job does by itself; nobody in person asks for it"
# Actions that ask for no right themselves, and why.
UNASKED = {
    "drafts.actions.keep": OWN_WORDS,
    "drafts.actions.settle": OWN_WORDS,
    "drafts.actions.throw_away": OWN_WORDS,
    "casework.actions.members.lend": OPENED,
    "people.actions.lending.lend": OPENED,
    "privacy.actions.lending.lend": OPENED,
    "privacy.actions.lending.require_hands": OPENED,
    "casework.actions.protecting.keep_led": "a part of protecting somebody, which has asked",
    "exchange.actions.forgetting.forget": "a part of protecting somebody, which has asked",
    "links.actions.reminding.make_due": HOURLY,
    "links.actions.reminding.note_silence": HOURLY,
    "links.actions.making.lead_nowhere": "a part of protecting or erasing somebody, which has asked",
    "people.actions.parting.part": "a part of protecting or erasing somebody, which has asked",
    "people.actions.leaving_home.forget": "a part of protecting somebody, which has asked",
    "people.actions.putting_away.forget_traces": "a part of erasing somebody, which has asked",
    "people.actions.putting_away.put_away": "a part of protecting somebody, which has asked",
    "people.actions.bulk.faults": "tells what is wrong; nothing is changed",
    "privacy.actions.wiping.wipe": "a part of erasing somebody, which has asked",
    "privacy.actions.wiping.wipe_rows": "a part of erasing a file, which has asked",
    "privacy.actions.erasing.carry_out": "what two people have agreed, or a rule of retention lets go",
}


def short(name: str) -> str:
    return name.removeprefix("przystan.")


def test_every_action_leaves_a_deed() -> None:
    silent = {short(name) for name, _ in actions() if not reached(name) & RECORDS}
    assert sorted(silent - set(SILENT)) == [], (
        "call `audit.record(by, '<thing>.<deed>', obj, fields)` in it and put the deed's words into the module's"
        " module.py, under deeds; or say in SILENT why none is left"
    )
    assert sorted(set(SILENT) - silent) == [], "these leave a deed, or are gone: take them out of SILENT"


def test_every_action_asks_for_a_right() -> None:
    """Not only the address that leads to it: jobs, imports and other modules call it, too."""
    unasked = {short(name) for name, _ in actions() if not any(called.endswith(ASKS) for called in reached(name))}
    assert sorted(unasked - set(UNASKED)) == [], (
        "begin it with `by.require(RIGHT)`, or with a function of the module's policies; or say in UNASKED why not"
    )
    assert sorted(set(UNASKED) - unasked) == [], "these ask, or are gone: take them out of UNASKED"


def said() -> Iterator[object]:
    """Words that some function is called with, and those of enums; of what modules declare, nothing."""
    for source in sources().values():
        if source.path.name != "module.py":
            for node in ast.walk(source.tree):
                words = [*node.args, *node.keywords] if isinstance(node, ast.Call) else []
                words += (
                    [line for line in node.body if isinstance(line, ast.Assign)]
                    if isinstance(node, ast.ClassDef)
                    else []
                )
                yield from (
                    found.value for word in words for found in ast.walk(word) if isinstance(found, ast.Constant)
                )


def test_every_deed_that_has_words_is_left_by_somebody() -> None:
    """A row of the audit log that nobody writes any more is gone without a word."""
    unused = set(deeds()) - set(said()) - {READ}
    unused = {deed for deed in unused if deed.partition(".")[2] not in VERBS}  # of facts: made of two words
    assert sorted(unused) == [], "nobody calls audit.record with it any more: write it, or take its words out"


def test_calls_are_followed_through_packages_and_imports() -> None:
    through = reached("przystan.funding.actions.changing.correct")
    assert {"przystan.support.actions.correcting.correct", "przystan.access.audit.record"} <= through
    assert "przystan.people.actions.merging.merge" not in through
