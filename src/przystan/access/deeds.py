"""The audit log in words: what was done, with what, which fields. Rows themselves hold codes, in no language."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .models import AuditEntry, User
from .roles import BY_CODE

DEEDS: dict[str, str | Promise] = {
    "read": pgettext_lazy("audit log", "saw"),
    "person.register": pgettext_lazy("audit log", "registered"),
    "person.change": pgettext_lazy("audit log", "changed"),
    "person.remove": pgettext_lazy("audit log", "removed"),
    "person.merge": _("merged with another record"),
    "person.merge_undone": _("undid a merge"),
    "person.different": _("said that two are not the same person"),
    "person.protect": pgettext_lazy("audit log", "protected"),
    "person.unprotect": _("ended the protection"),
    "person.restrict": _("restricted the use of the data"),
    "person.unrestrict": _("ended the restriction"),
    "consent.give": _("noted a consent"),
    "consent.withdraw": _("noted that a consent was withdrawn"),
    "consent.remove": _("took away a consent noted by mistake"),
    "team.join": _("began to work with them"),
    "team.name": _("named a colleague"),
    "team.end": _("let a colleague go"),
    "exclusion.add": _("put a colleague on the list of those who must not see them"),
    "exclusion.remove": _("took a colleague off the list"),
    "support.record": pgettext_lazy("audit log", "logged"),
    "support.amend": pgettext_lazy("audit log", "amended"),
    "support.correct": _("corrected by a counter-entry"),
    "support.remove": pgettext_lazy("audit log", "took back"),
    "support.complete_step": _("finished the next step"),
    "support.reopen_step": _("opened the next step again"),
    "support.close_period": _("closed a period"),
    "case.open": _("opened a new case file"),
    "case.close": _("closed the file"),
    "case.reopen": _("opened the file again"),
    "case.member": _("named a colleague"),
    "case.member_end": _("let a colleague go"),
    "note.write": _("wrote a note"),
    "note.amend": _("amended a note"),
    "glass.ask": _("asked for an emergency look"),
    "glass.approve": _("agreed to an emergency look"),
    "glass.open": _("opened for an emergency look"),
    "glass.refuse": _("refused an emergency look"),
    "glass.review": _("looked at an emergency look afterwards"),
    "key.set_up": _("set up a key"),
    "key.confirm": _("typed the recovery code back"),
    "key.unlock": _("unlocked a key"),
    "key.change": _("changed a passphrase"),
    "key.passkey": _("let a passkey open the key"),
    "key.recover": _("opened a key by its recovery code"),
    "escrow.ask": _("asked for another emergency key"),
    "escrow.confirm": _("agreed to another emergency key"),
    "escrow.withdraw": _("withdrew the request for another emergency key"),
    "copy.make": _("made a copy of the data"),
    "copy.withhold": _("withheld a copy"),
    "copy.fetch": _("fetched the copy"),
    "request.receive": _("noted a request"),
    "request.extend": _("took more time for a request"),
    "request.answer": _("answered a request"),
    "erasure.ask": _("asked for erasure"),
    "erasure.confirm": _("agreed to erasure"),
    "erasure.withdraw": _("withdrew an erasure"),
    "erasure.done": pgettext_lazy("audit log", "erased"),
    "retention.rule": _("changed how long data are kept"),
    "retention.automatic": _("changed whether data are erased without asking"),
    "retention.hold": _("put a legal hold"),
    "retention.end_hold": _("ended a legal hold"),
    "funder.create": _("added a funder"),
    "programme.create": _("added a programme"),
    "programme.change": _("changed a programme"),
    "programme.rule": _("changed a rule"),
    "programme.limit": _("changed a limit"),
    "indicator.keep": _("changed an indicator"),
    "indicator.remove": _("took an indicator away"),
    "funding.attribute": _("chose who pays"),
    "funding.reallocate": _("changed who pays"),
    "funding.withdraw": _("took the payer away"),
    "count.refuse": _("asked for numbers that tell too much, and got none"),
    "reports.export": _("took a report out"),
    "reports.fetch": _("fetched a report"),
    "import.take": _("took in a spreadsheet"),
    "import.run": _("ran an import"),
    "import.undo": _("undid an import"),
    "import.give_up": _("gave an import up"),
    "catalogue.save": _("changed the catalogue"),
    "account.login": _("logged in"),
    "account.logout": _("logged out, or was locked out"),
    "backup.make": _("made a backup"),
    "backup.keys": _("copied the key files"),
    "backup.restore": _("restored the centre from a backup"),
    "account.wrong_password": _("refused a login: wrong password"),
    "account.wrong_code": _("refused a login: wrong code"),
    "account.wrong_passkey": _("refused a login: a passkey that does not fit"),
    "key.wrong": _("refused to unlock a key"),
    "team.add_member": _("made an account"),
    "team.set_active": _("locked or unlocked an account"),
    "team.ask_role": _("asked for a role"),
    "team.give_role": _("gave a role"),
    "team.refuse_role": _("refused a role"),
    "team.end_role": _("ended a role"),
    "team.ask_reset": _("asked for a new first password"),
    "team.reset_login": _("made a new first password"),
    "team.withdraw_reset": _("withdrew the request for a password"),
    "team.save_point": _("changed a point"),
    "team.save_hours": _("changed office hours"),
}
# Facts about people are rows of many kinds: `citizenship.add`. The verb, and the kind in words.
VERBS: dict[str, str | Promise] = {
    "add": pgettext_lazy("audit log", "added"),
    "change": pgettext_lazy("audit log", "changed"),
    "end": pgettext_lazy("audit log", "ended"),
    "remove": pgettext_lazy("audit log", "removed"),
}
# What stands in rows and is no field with a label of its own.
OTHERS: dict[str, str | Promise] = {
    "text": _("text"),
    "payer": _("who pays"),
    "password": _("password"),
    "seen_by": _("who saw the document"),
    "household": _("household"),
    "ends_at": _("until"),
    "reversed_by": _("counter-entry"),
    "next_step_done_at": _("next step"),
    "is_active": _("may log in"),
    "restricted_on": _("restriction"),
    "withdrawn_on": _("withdrawn"),
    "justified": _("it was right"),
    "not_justified": _("it was not right"),
}


@dataclass(frozen=True)
class Told:
    """One row in words of the page's language; `who` is "" for the system, `about` a colleague or a code."""

    seq: int
    at: datetime
    who: str
    roles: list[str]
    deed: str
    what: str
    ref: str
    fields: list[str]
    about: str
    tier: int


def told(rows: Iterable[AuditEntry]) -> list[Told]:
    """The same rows in words, in the same order. `actor` should be selected with them."""
    found = list(rows)
    names = dict(User.objects.filter(ref__in={row.purpose for row in found}).values_list("ref", "full_name"))
    return [_told(row, names) for row in found]


def _told(row: AuditEntry, names: dict[str, str]) -> Told:
    model, (deed, kind) = _model(row.model), _deed(row.action)
    shown = kind or _shown(model, row.fields)
    labels = [_label(shown, name) for name in row.fields]
    return Told(
        seq=row.seq,
        at=row.at,
        who=row.actor.full_name if row.actor else "",
        roles=[str(BY_CODE[code].name) if code in BY_CODE else code for code in row.roles.split()],
        deed=deed,
        what=_name(model) if model else row.model,
        ref=row.object_ref,
        fields=list(dict.fromkeys(label for label in labels if label)),
        about=names.get(row.purpose, row.purpose),
        tier=row.tier,
    )


def _deed(action: str) -> tuple[str, Any]:
    """The words for an action, and the model of the fact it is about."""
    if action in DEEDS:
        return str(DEEDS[action]), None
    kind, _dot, verb = action.partition(".")
    model = next((model for model in apps.get_models() if model._meta.model_name == kind), None)
    return (f"{VERBS[verb]}: {_name(model)}", model) if model and verb in VERBS else (action, None)


def _model(label: str) -> Any:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def _name(model: Any) -> str:
    return str(model._meta.verbose_name)


def _label(model: Any, name: str) -> str:
    """What people call a field, or the rows behind it; the code of a role in words; the bare name of anything else."""
    if name in BY_CODE:
        return str(BY_CODE[name].name)
    if name in OTHERS:
        return str(OTHERS[name])
    field = _field(model, name)
    if field is None:
        return name.replace("_", " ")
    unnamed = isinstance(field, models.ForeignObjectRel) or str(field.verbose_name) == name.replace("_", " ")
    return _name(field.related_model) if field.is_relation and unnamed else str(field.verbose_name)


def _shown(model: Any, names: list[str]) -> Any:
    """Whose fields these are: the model's own, or those of the rows on its page that have the most of them."""
    hanging = [relation.related_model for relation in model._meta.related_objects] if model else []
    return max([model, *hanging], key=lambda one: sum(_field(one, name) is not None for name in names))


def _field(model: Any, name: str) -> Any:
    with suppress(AttributeError, FieldDoesNotExist):
        return model._meta.get_field(name)
    return None
