"""Changing the rules of the gate, from a day on: asked for by one, confirmed by another."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.access.saving import save

from ..models import AgreementRule, ProofRule
from ..policies import may_ask_rule, may_confirm_rule
from ..queries.rules import rules_of

AnyRule = ProofRule | AgreementRule


@transaction.atomic
def ask_rule(*, by: Actor, rule: AnyRule) -> AnyRule:
    """Ask a second person for this new row of the actor's organisation, which `replaces` another from its first day on.
    Nothing changes yet.

    ValidationError where it has no first day or one that is over, begins before the one that it replaces, or where a
    change of that waits. What was before today was decided by the rule of its day, and by it papers are kept.
    """
    if not may_ask_rule(by):
        raise Forbidden("rules")
    before = _changed(by, type(rule), rule.replaces_id)
    _require_place(rule, before)
    if type(rule).every.waiting().filter(organisation_id=by.organisation_id, replaces=before).exists():
        raise ValidationError(_("Another change of this rule waits for a second person. Confirm or withdraw it first."))
    rule.organisation_id = by.organisation_id
    rule.asked_at, rule.asked_by_id = timezone.now(), by.user_id
    rule.valid_to = before.valid_to
    save(rule)
    audit.record(by, "staff.ask_rule", rule, ["valid_from"])
    return rule


@transaction.atomic
def confirm_rule(*, by: Actor, rule: AnyRule) -> None:
    """The second person agrees: from its first day on it holds, and the one before no more.

    ValidationError once that day is over: days gone by keep the rule by which they were decided.
    """
    found = _waiting(by, rule)
    if not may_confirm_rule(by, found):
        raise Forbidden("somebody else confirms")
    _require_place(found, _changed(by, type(found), found.replaces_id))
    found.confirmed_at, found.confirmed_by_id = timezone.now(), by.user_id
    save(found, only=["confirmed_at", "confirmed_by"])
    audit.record(by, "staff.confirm_rule", found, ["confirmed_at"])


@transaction.atomic
def withdraw_rule(*, by: Actor, rule: AnyRule) -> None:
    """It was a mistake: nothing changes, and the row is gone; the audit log keeps that it was asked for."""
    found = _waiting(by, rule)
    if found.asked_by_id != by.user_id and not may_confirm_rule(by, found):
        raise Forbidden("rules")
    audit.record(by, "staff.withdraw_rule", found)
    found.delete()


def _require_place(rule: AnyRule, before: AnyRule) -> None:
    first = rule.valid_from
    if first is None:
        raise ValidationError({"valid_from": _("Say from which day on.")})
    if first < timezone.localdate():
        raise ValidationError({"valid_from": _("This day is over. A rule changes from today on at the earliest.")})
    if before.valid_from and first <= before.valid_from:
        raise ValidationError({"valid_from": _("The rule that it changes begins on that day or later.")})
    if before.valid_to and first > before.valid_to:
        raise ValidationError({"valid_from": _("The rule that it changes has ended by then.")})


def _waiting(by: Actor, rule: AnyRule) -> Any:
    """Its row, held until the transaction ends. ValidationError once it was confirmed or withdrawn, or is another's."""
    ours = type(rule).every.waiting().filter(organisation_id=by.organisation_id)
    found = ours.select_for_update(of=("self",)).filter(pk=rule.pk).first()
    if found is None:
        raise ValidationError(_("This was decided already."))
    return found


def _changed(by: Actor, model: Any, pk: int | None) -> Any:
    """The rule that is changed, as it holds for the actor's organisation. Of two changes of it that are asked for at
    once the database refuses one."""
    if pk is None:
        raise ValidationError(_("Choose the rule that is changed."))
    ours = {one.pk: one for one in rules_of(model, by.organisation_id)}
    if pk not in ours:
        raise Forbidden("another organisation's")
    return ours[pk]
