"""Rows that are held while something is decided about them: a lock that goes is missed, and so is one that is new.

A new module says it in its own tests/<module>/matrix.py. Races of two are beside what they are about.
"""

import ast
from collections.abc import Iterator

from tests.harness.calls import sources
from tests.harness.modules import brought

# Function -> what could go wrong without its lock, said as what holds with it.
HELD = {
    "privacy.actions.notices.ask_to_read": "one link at a time asks somebody to read",
    "links.actions.reminding.note_silence": "an answer that comes now is no silence",
    "links.actions.making.lead_nowhere": "who answers just then is told that it leads nowhere",
    "links.actions.making._locked": "a link is made anew or ended once",
    "links.actions.answering._locked": "a link is answered once",
    "funding.actions.results.choose_result_payer": "a result has one payer",
    "institutions.actions.merging.undo_merge": "a merge is undone once",
    "access.moving.locked": "neither of two that become one is merged meanwhile",
    "access.keys.centre.rewrap": "two commands never close one key twice",
    "casework.actions.cases.locked": "a file is closed or opened once",
    "casework.actions.members.end_member": "the last two who lead do not both go",
    "casework.actions.notes.amend_note": "the wording is still the one that was read",
    "exchange.actions.deciding.decide": "rows of a file that has begun to run are not decided",
    "exchange.actions.forgetting.forget": "nothing of the person comes in while they are forgotten",
    "exchange.actions.running.start": "an import begins once",
    "exchange.actions.taking._locked": "a file is read by one way at a time",
    "exchange.actions.undoing.start_undo": "an import is undone once",
    "exchange.actions.undoing.undo": "an import is undone once",
    "funding.actions.rules.change_rule": "rules of one programme follow one another",
    "funding.views.filters.where": "the condition is compared with the one that was shown",
    "funding.views.rules.rule": "the rule is compared with the one that was shown",
    "institutions.actions.holding.held": "the last two names do not both go; what is merged away takes nothing in",
    "people.actions.resting.hold": "an answer is withdrawn once, and nobody thinks that another still agrees",
    "people.actions.merging.undo_merge": "a merge is undone once",
    "people.actions.names.remove_name": "the last two names do not both go",
    "people.actions.protecting._locked": "protecting and ending it follow one another",
    "people.actions.twice.is_there": "a form that is sent twice is written once",
    "privacy.actions.emergency_key._waiting": "a plan is decided once",
    "privacy.actions.erasing._waiting": "an erasure is decided once",
    "privacy.actions.wiping.wipe_subject": "no hour is noted of somebody who is being erased",
    "privacy.actions.erasing._done": "nobody writes about a person who is being erased",
    "privacy.actions.erasing._file_gone": "nobody writes into a file that is being erased",
    "privacy.actions.glass.review": "a look is judged once",
    "privacy.actions.glass._undecided": "a request is decided once",
    "privacy.actions.requests.restrict": "restricting and lifting it follow one another",
    "privacy.actions.requests._open": "a request is answered once",
    "privacy.actions.retention._own": "who made a time shorter is still known when it is agreed to",
    "privacy.views.erasing._rule": "the rule is compared with the one that was shown",
    "results.actions.amending.amend": "a result is amended as it was read",
    "results.actions.amending.remove": "a result is removed as it stands",
    "results.actions.correcting.correct": "a result is taken back once",
    "staff.actions.asking.ask_to_confirm": "one link at a time asks to confirm an hour",
    "staff.actions.asking.confirm_by_link": "an hour is confirmed once",
    "staff.actions.hours.note_hour": "a form that is sent twice is written once",
    "staff.actions.hours._locked": "an hour is decided once",
    "staff.actions.papers._locked": "a paper is changed as it was read",
    "support.actions.amending.remove": "an entry is removed as it stands",
    "support.actions.amending._locked": "an entry is amended as it was read",
    "support.actions.correcting.correct": "an entry is taken back once",
    "support.actions.steps._mark": "a step is done once",
    "team.actions.resets._waiting": "a new password is decided about once",
    "team.actions.roles._waiting": "a role is decided about once",
    "ui.seen.__init__": "what is saved is compared with what was shown",
}

for _more in brought("HELD"):
    HELD |= _more


def holding() -> Iterator[str]:
    """Every function or method with a `select_for_update` of its own."""
    for dotted, source in sources().items():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef):
                inside = [one for one in ast.walk(node) if isinstance(one, ast.FunctionDef) and one is not node]
                words = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
                if "select_for_update" in words and not inside:
                    yield f"{dotted.removeprefix('przystan.')}.{node.name}"


def test_every_row_that_is_held_has_its_reason() -> None:
    found = set(holding())
    assert sorted(set(HELD) - found) == [], (
        "held no more: two at once may both do it. Hold the row, or take out the line"
    )
    assert sorted(found - set(HELD)) == [], (
        "say in HELD of tests/<module>/matrix.py what holds because of it; try it with two at once"
    )
