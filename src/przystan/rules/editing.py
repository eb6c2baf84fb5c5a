"""The rule editor on a page: every button sends the whole tree, so nothing is kept between.

A view makes an `Editor` of what was sent, asks it for the rule, and gives `page()` to a template that includes
`rules/_tree.html`.
"""

from typing import Any, Self

from django.db.models import Model
from django.utils.datastructures import MultiValueDict

from przystan.access.actors import Actor

from .forms import Branch, Twig, from_post, from_rule, node_at
from .labels import Labels
from .telling import may_ask, refuse, told_by_rule
from .trees import Rule, RuleError
from .vocabulary import Vocabulary
from .words import Outline, asks_too_much, outline, rule_error


class Editor:
    """A tree of conditions as it stands in the form. `error`: what is wrong with it, in words."""

    def __init__(self, vocabulary: Vocabulary, tree: Branch) -> None:
        self.vocabulary, self.labels = vocabulary, Labels(vocabulary)
        self.branch, self.error = tree, ""

    @classmethod
    def of(cls, vocabulary: Vocabulary, sent: MultiValueDict[str, str], saved: Rule) -> Self:
        """What was sent, changed by the button that sent it; the saved rule where nothing was."""
        return cls(vocabulary, from_post(sent, vocabulary.facts) if sent else from_rule(saved))

    def tree(self) -> dict[str, Any]:
        """The tree as JSON, perhaps not yet complete."""
        return self.branch.tree()

    def asked(self, actor: Actor, of: Model) -> Rule | None:
        """The rule that the form says. None, and `error` says why: it is none, or not the actor's to ask of everybody.

        `of`: whose rule it is, for the audit log.
        """
        try:
            found = self.vocabulary.parse(self.tree())
        except RuleError as error:
            place = node_at(self.branch, error.path)
            self.error = rule_error(error, f"“{place.fact.label}”" if isinstance(place, Twig) else "")
            return None
        told = told_by_rule(found)
        if may_ask(actor, told):
            return found
        refuse(actor, of, told)
        self.error = asks_too_much()
        return None

    def words(self, rule: Rule) -> Outline:
        """A rule of this vocabulary, for a page."""
        return outline(rule, self.labels)

    def context(self) -> dict[str, Any]:
        """What `rules/_tree.html` shows."""
        facts = [(fact.code, fact.label) for fact in self.vocabulary.facts.values()]
        return {"tree": self._drawn(self.branch), "facts": facts, "error": self.error}

    def _drawn(self, node: Branch | Twig) -> Branch | Twig:
        """Gives every condition the choices that its inputs show."""
        if isinstance(node, Branch):
            for part in node.parts:
                self._drawn(part)
        elif node.kind == "codes":
            asked = node.asked.get("in", [])
            known = self.labels.choices(node.fact)
            strange = [(code, code) for code in asked if code not in dict(known)]
            node.choices = [(code, name, code in asked) for code, name in [*known, *strange]]
        return node
