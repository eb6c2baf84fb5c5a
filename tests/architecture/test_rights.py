"""The right of an address fits what stands behind it: it is asked once at the door, and once more where it counts.

So a right that was exchanged for another one is noticed, though the same people hold both.
"""

import inspect
from collections import defaultdict
from functools import cache
from importlib import import_module

import pytest
from tests.harness import calls

from przystan.access.addresses import STAFF, Asks, named
from przystan.access.rights import Right

# Pages with nothing behind them that asks again: lists of what `seen_by` and the database let through, and buttons
# about which a rule decides (a second person, one's own hours). What they ask for, said once more.
DOORS = {
    "desk:results": "results.read",
    "desk:result": "results.read",
    "desk:result_history": "results.read",
    "desk:supports": "support.read",
    "desk:support": "support.read",
    "desk:support_history": "support.read",
    "desk:week": "support.read",
    "desk:who": "support.log",
    "exchange:batch": "import",
    "exchange:progress": "import",
    "funding:programmes": "programmes.read",
    "funding:programme": "programmes.read",
    "funding:file": "programmes.read",
    "funding:payers": "support.log",
    "institutions:find_same": "institutions.merge",
    "institutions:compare": "institutions.merge",
    "institutions:kinds": "institutions.kinds",
    "people:titles": "people.read",
    "people:not_asked": "people.write",
    "people:register_start": "people.write",
    "people:find_same": "people.merge",
    "people:compare": "people.merge",
    "privacy:sent": "people.read",
    "privacy:check": "audit.read",
    "reports:at_risk": "programmes.read",
    "staff:rules": "staff.read",
    "staff:worker": "staff.read",
    "staff:hours_of": "staff.read",
    "staff:file_of": "staff.read",
    "staff:my_hours": "staff.hours",
    "staff:note": "staff.hours",
    "staff:file": "staff.hours",
    "staff:take_back": "staff.hours",
    "support:catalogue": "catalogue.write",
    "team:members": "team.read",
    "team:member": "team.read",
    "team:confirm_reset": "team.read",
    "team:withdraw_reset": "team.read",
    "team:confirm_role": "team.read",
    "team:refuse_role": "team.read",
}
# Actions that ask for none of the rights that lead to them, and why.
OTHERWISE = {
    "errands.actions.ask": "the rights that its runner names, whichever it is",
    "exchange.actions.checking.check": "reads what was taken in; taking it in has asked",
    "privacy.actions.copies.gather": "what the kind of `access.subjects` says: each has a right of its own",
    "privacy.actions.copies.keep_pack": "what the kind of `access.subjects` says: each has a right of its own",
    "staff.actions.hours.take_back_hour": "one's own hour, or one that one leads",
    "team.actions.resets.confirm_reset": "takes a second person, whose roles may give as much",
    "team.actions.resets.withdraw_reset": "whoever asked, or may agree",
    "team.actions.roles.confirm_role": "takes a second person, whose roles may give as much",
    "team.actions.roles.refuse_role": "whoever asked, or may agree",
    "team.actions.roles.give_role": "team:member shows the page to more than may change it (its `to_post`)",
}
# Pages that write, for whoever holds a right to read, and who decides then.
WRITING = {
    "casework:cases": "the file's team (policies of casework)",
    "casework:case": "the file's team (policies of casework)",
    "casework:note": "the file's team (policies of casework)",
    "casework:team": "who leads the file (policies of casework)",
    "desk:confirmation": "it writes only that it was made; for who works with the person (support.actions)",
    "privacy:ask": "whoever can name somebody may ask for an emergency look; another person judges it",
    "privacy:ask_any": "whoever can name somebody may ask for an emergency look; another person judges it",
    "privacy:automatic": "the data protection officer agrees as the second person",
    "staff:index": "its action asks for the right to write (staff.write)",
    "team:member": "its form is for whoever may write (team.write)",
    "team:confirm_reset": "a second person, whose roles may give as much",
    "team:withdraw_reset": "a second person, whose roles may give as much",
    "team:confirm_role": "a second person, whose roles may give as much",
    "team:refuse_role": "a second person, whose roles may give as much",
}
# Addresses that any member of staff may open though something behind them asks for a right, or acts, and who decides.
OPEN = {
    "desk:settings": "shows each what their own rights open",
    "drafts:away": "whoever typed it",
    "drafts:keep": "whoever types it",
    "errands:fetch": "whoever asked for it",
    "links:reminded": "whoever made the link, or its purpose says who",
    "links:renew": "whoever made the link, or its purpose says who",
    "links:revoke": "whoever made the link, or its purpose says who",
    "privacy:confirm": "a second person, by the rules of erasing",
    "privacy:erasures": "lists what the asker may confirm or has asked for",
    "privacy:fetch": "whoever asked for the copy",
    "privacy:file_copy": "the file's team",
    "privacy:file_fetch": "the file's team",
    "privacy:file_withhold": "the file's team",
    "privacy:index": "shows each what their own rights open",
    "privacy:retention": "anybody may know how long data are kept; buttons are for who answers for all",
    "privacy:subject_copy": "each kind of `access.subjects` has a right of its own",
    "privacy:withdraw": "whoever asked for it",
    "staff:confirm": "whom the hour was for, or who leads the worker",
    "staff:to_confirm": "lists what the asker may confirm",
}


@cache
def rights() -> dict[str, Right]:
    """Where a right is written -> the right."""
    files = [name for name in calls.sources() if name.endswith(".rights")]
    return {
        f"{file}.{word}": value
        for file in files
        for word, value in vars(import_module(file)).items()
        if isinstance(value, Right)
    }


def part(name: str) -> str:
    """What kind of file a function stands in: "views" of "przystan.desk.views.who.who"."""
    return [*name.split("."), "", "", ""][2]


@cache
def views() -> dict[str, tuple[Asks, str]]:
    """Address -> what it asks for, and its view."""
    found = {}
    for name, pattern in named():
        view = inspect.unwrap(pattern.callback)
        if hasattr(pattern, "asks") and view.__module__.startswith("przystan."):
            found[name] = (pattern.asks, f"{view.__module__}.{view.__qualname__}")
    return found


def asked_behind(view: str) -> set[Right]:
    """Rights that something behind a view names; what a view asks itself only shows or hides."""
    found = [one for name in calls.behind(view) if part(name) != "views" for one in calls.named(name)]
    return {rights()[one] for one in found if one in rights()}


RIGHTED = {name: (asks, view) for name, (asks, view) in views().items() if isinstance(asks, Right)}


@pytest.mark.parametrize("name", RIGHTED)
def test_what_an_address_asks_for_is_asked_again_behind_it(name: str) -> None:
    asks, view = RIGHTED[name]
    if name in DOORS:
        assert asks == DOORS[name], "its page was meant for another right (DOORS of tests/architecture/test_rights.py)"
        assert asks not in asked_behind(view), "it is asked again now: take the line out of DOORS"
        return
    assert asks in asked_behind(view), (
        f"{name} asks for {asks}, and nothing behind it does: is it another module's, or a reader's? Else begin the"
        f" query or action behind {view} with `require({asks})`"
    )


ACTIONS = {name for name, _ in calls.actions()}
DONE = {  # address -> the actions that its view does by itself, not by way of another action
    name: calls.behind(view, lambda one: part(one) != "actions") & ACTIONS for name, (_, view) in views().items()
}
LEADING = defaultdict(set)  # action -> what the addresses ask for that lead to it
for _name, _actions in DONE.items():
    for _action in _actions:
        LEADING[_action].add(views()[_name][0])


def test_a_right_to_read_opens_no_page_that_writes() -> None:
    reading = {name for name, (asks, _) in RIGHTED.items() if asks.endswith(".read") or asks.reads}
    writing = {name for name in reading if DONE[name]}
    assert sorted(writing - set(WRITING)) == [], (
        "ask for a right to write in its urls.py; or say in WRITING who decides"
    )
    assert sorted(set(WRITING) - writing) == [], "it writes no more, or asks for another right: take it out of WRITING"


def test_what_asks_for_a_right_is_not_open_to_all_staff() -> None:
    """A right at the door that became "any member of staff" is noticed. One's own keys are one's own (`keys:`)."""
    open_to_all = {name: view for name, (asks, view) in views().items() if asks == STAFF and name[:5] != "keys:"}
    found = {name for name, view in open_to_all.items() if DONE[name] or asked_behind(view)}
    assert sorted(found - set(OPEN)) == [], "let its urls.py ask for that right; or say in OPEN who decides"
    assert sorted(set(OPEN) - found) == [], "nothing behind it asks or acts any more: take it out of OPEN"


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_an_action_asks_for_a_right_that_leads_to_it(action: str) -> None:
    """A guard of a lower module, such as `require_write`, is no answer to who may do what this one does."""
    asked = {rights()[one] for name in calls.behind(action) for one in calls.named(name) if one in rights()}
    wanted = {asks for asks in LEADING.get(action, ()) if isinstance(asks, Right)}
    name = action.removeprefix("przystan.")
    if name in OTHERWISE:
        assert wanted
        assert not wanted & asked, "it asks for one: take it out of OTHERWISE"
        return
    assert not wanted or wanted & asked, (
        f"begin it with `by.require(...)` of {', '.join(sorted(wanted))}: its pages ask for that, and the action has to"
        f" ask itself; it asks for {', '.join(sorted(asked)) or 'nothing'}"
    )
