"""Whoever compares who acts with somebody in a row decides whether one is the other: a rule of two, or said."""

import ast
from collections.abc import Iterator

from tests.access.test_second_person import RULES
from tests.harness.calls import sources

# Compares who acts with somebody in a row, and takes no second person.
ONE_PERSON = {
    "casework.models.cases.standing_of": "who works on a file",
    "ledger.policies.is_own": "who wrote an entry amends it",
    "links.managing.may_manage": "who made a link ends it",
    "people.actions.protecting.drop_protector": "somebody always knows of a protected person",
    "people.actions.teams.exclude": "who excludes somebody goes on working with the person",
    "people.models.person.standing_of": "standings are worked out for one actor",
    "privacy.actions.erasing.withdraw_erasure": "who asked may take it back",
    "privacy.actions.releasing.fetch_file": "a copy is fetched by who made it",
    "staff.actions.rules.withdraw_rule": "who asked may take it back",
    "privacy.actions.copies.fetch": "who made a copy has seen its passphrase",
    "staff.models.hours.standing_of": "for whom an hour was",
    "staff.models.workers.standing_of": "who works",
    "staff.subject.is_self": "what somebody may have of themselves",
    "staff.views.workers._papers": "what somebody reads of themselves",
    "support.actions.booking._admission": "who writes an entry is let in by it",
    "team.actions.resets.withdraw_reset": "who asked may take it back",
    "team.queries.invites": "who asked invites; the second person is whom the role is for",
    "team.actions.roles.refuse_role": "who asked may take it back",
}


def comparing() -> Iterator[str]:
    """Every function that compares the id of who acts with another."""
    for dotted, source in sources().items():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef) and any(map(compares, ast.walk(node))):
                yield f"{dotted.removeprefix('przystan.')}.{node.name}"


def compares(node: ast.AST) -> bool:
    if not isinstance(node, ast.Compare) or any(isinstance(word, ast.Is | ast.IsNot) for word in node.ops):
        return False
    words = [ast.unparse(word) for word in ast.walk(node) if isinstance(word, ast.Attribute)]
    return "by.user_id" in words or "actor.user_id" in words


def test_every_rule_of_two_is_tried() -> None:
    tried = {place for places in RULES.values() for place in places}
    assert sorted(set(comparing()) - tried - set(ONE_PERSON)) == [], "a rule of two? Try it here"
    assert sorted((tried | set(ONE_PERSON)) - set(comparing())) == [], "nobody is compared there any more"
