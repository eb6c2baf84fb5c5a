"""Writing programmes, their limits and their indicators."""

from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.kernel.refs import new_ref
from przystan.reference.models import Place
from przystan.results.models import ResultKind
from przystan.rules.telling import require_of_all
from przystan.rules.trees import EVERYONE, RuleError, dump
from przystan.rules.words import rule_error
from przystan.support.models import Service
from przystan.team.models import Organisation

from .. import files
from ..enums import Breakdown, Counted
from ..loading import load_programmes
from ..models import Funder, Indicator, Limit, Programme, TargetRule
from ..rights import PROGRAMMES_WRITE
from ..vocabulary import PAYERS
from .refusals import in_words
from .saving import own, save


@transaction.atomic
def create_programme(
    *, by: Actor, programme: Programme, services: Iterable[Service] = (), territory: Iterable[Place] = ()
) -> Programme:
    """Write a new programme. It takes everyone until somebody writes its rule down. ValidationError.

    Without a key it gets one from its name, another than the organisation has already.
    """
    by.require(PROGRAMMES_WRITE)
    programme.organisation_id = by.organisation_id
    ours = Programme.objects.filter(organisation_id=by.organisation_id)
    programme.key = programme.key or _free_key(programme.name, ours, "key")
    save(programme)
    programme.services.set(services)
    programme.territory.set(territory)
    TargetRule.objects.create(programme=programme, tree=dump(EVERYONE), created_by_id=by.user_id)
    audit.record(by, "programme.create", programme)
    return programme


def _free_key(name: str, among: QuerySet[Any], field: str) -> str:
    """A key made of a name, which none of these rows has in that field."""
    key = slugify(anyascii(name))[:50].strip("-") or new_ref()
    taken = set(among.filter(**{f"{field}__startswith": key}).values_list(field, flat=True))
    more = (f"{key}-{number}" for number in count(2))
    return key if key not in taken else next(one for one in more if one not in taken)


@transaction.atomic
def keep_programme(
    *, by: Actor, programme: Programme, services: Iterable[Service], territory: Iterable[Place]
) -> Programme:
    """Write changed facts of a programme. ValidationError.

    Its days must still hold every support it pays for; one that pays outside the centre pays for none.
    """
    by.require(PROGRAMMES_WRITE)
    own(by, programme)
    _check_days(programme)
    _check_outside(programme)
    fields = save(programme)
    programme.services.set(services)
    programme.territory.set(territory)
    audit.record(by, "programme.change", programme, fields)
    return programme


def _check_days(programme: Programme) -> None:
    """What was paid on a day that falls out would have a payer that did not exist then."""
    if early := _paid_where(programme, "lt", programme.starts):
        raise ValidationError({"starts": _paid_outside_days(early)})
    if late := _paid_where(programme, "gt", programme.ends):
        raise ValidationError({"ends": _paid_outside_days(late)})


def _paid_where(programme: Programme, compared: str, day: date | None) -> int:
    """How many standing entries of both ledgers it pays for whose day is before ("lt") or after ("gt") this one."""
    if day is None:
        return 0
    found = 0
    for rows, entry in ((programme.allocations, "support"), (programme.resultallocations, "result")):
        standing = {f"{entry}__reverses": None, f"{entry}__reversed_by": None, f"{entry}__day__{compared}": day}
        found += rows.filter(**standing).count()
    return found


def _check_outside(programme: Programme) -> None:
    """What it paid for would vanish from every number without a word."""
    if programme.outside and (count := programme.allocations.count() + programme.resultallocations.count()):
        text = ngettext(
            "It paid for %(count)d entry. Move it to another payer first.",
            "It paid for %(count)d entries. Move them to another payer first.",
            count,
        )
        raise ValidationError({"outside": text % {"count": count}})


def _paid_outside_days(count: int) -> str:
    text = ngettext(
        "It paid for %(count)d entry on other days. Move it to another payer first.",
        "It paid for %(count)d entries on other days. Move them to another payer first.",
        count,
    )
    return text % {"count": count}


@transaction.atomic
def found_funder(*, by: Actor, name: str) -> Funder:
    """A funder of this name, in the page's language; the one that is there already, if there is. ValidationError."""
    by.require(PROGRAMMES_WRITE)
    name = name.strip()
    funder = Funder(
        code=slugify(anyascii(name))[:60] or new_ref(), names={(get_language() or "pl").split("-")[0]: name}
    )
    there = Funder.objects.filter(code=funder.code).first()
    if there:
        return there
    save(funder)
    audit.record(by, "funder.create", funder)
    return funder


@transaction.atomic
def keep_limit(*, by: Actor, limit: Limit) -> Limit:
    """Write a new or changed limit. ValidationError."""
    by.require(PROGRAMMES_WRITE)
    own(by, limit.programme)
    save(limit)
    audit.record(by, "programme.limit", limit.programme, ["limits"])
    return limit


@transaction.atomic
def remove_limit(*, by: Actor, limit: Limit) -> None:
    """Take a limit off a programme."""
    by.require(PROGRAMMES_WRITE)
    own(by, limit.programme)
    limit.delete()
    audit.record(by, "programme.limit", limit.programme, ["limits"])


@transaction.atomic
def keep_indicator(
    *,
    by: Actor,
    indicator: Indicator,
    services: Iterable[Service] | None = None,
    kinds: Iterable[ResultKind] | None = None,
) -> Indicator:
    """Write a new or changed indicator; `where` must be a rule tree or None. ValidationError, also where the condition
    is new and the actor may not know of everybody what it asks.

    `services`, `kinds` (of results): None leaves those that are there. ValidationError for those, and
    breakdowns, of the ledger that is not counted. Without a code it gets one from its name.
    """
    by.require(PROGRAMMES_WRITE)
    own(by, indicator.programme)
    indicator.code = indicator.code or _free_key(str(indicator), indicator.programme.indicators.all(), "code")
    _check_where(by, indicator)
    _check_ledger(indicator, services, kinds)
    fields = save(indicator)
    if services is not None:
        indicator.services.set(services)
    if kinds is not None:
        indicator.kinds.set(kinds)
    audit.record(by, "indicator.keep", indicator, fields)
    return indicator


def _check_ledger(indicator: Indicator, services: Iterable[Service] | None, kinds: Iterable[ResultKind] | None) -> None:
    if indicator.counted not in Counted.values:
        return  # said at its field
    counted = Counted(indicator.counted)
    if counted.of_results and services:
        raise ValidationError({"services": _("This counts results: choose kinds of results, and no services.")})
    if not counted.of_results and kinds:
        raise ValidationError({"kinds": _("This counts supports: choose services, and no kinds of results.")})
    if not all(Breakdown(by).fits(counted) for by in indicator.breakdowns if by in Breakdown.values):
        raise ValidationError({"breakdowns": _("What is counted cannot be split like this.")})


def _check_where(by: Actor, indicator: Indicator) -> None:
    if indicator.where is None:
        return
    try:
        rule = PAYERS.parse(indicator.where)
    except RuleError as error:
        raise ValidationError({"where": rule_error(error)}) from error
    indicator.where = dump(rule)
    before = Indicator.objects.filter(pk=indicator.pk).values_list("where", flat=True).first()
    if indicator.where != before:
        require_of_all(by, rule, "where")


@transaction.atomic
def remove_indicator(*, by: Actor, indicator: Indicator) -> None:
    """Count this no more. What it counted stays in the ledger."""
    by.require(PROGRAMMES_WRITE)
    own(by, indicator.programme)
    audit.record(by, "indicator.remove", indicator)
    indicator.delete()


@transaction.atomic
def take_file(*, by: Actor, text: str) -> list[Programme]:
    """Add the programmes of a TOML file (see `funding.files`). All or none; ValidationError names every fault.

    Their rules and conditions are the actor's, who must be one that may write them.
    """
    by.require(PROGRAMMES_WRITE)
    data = files.read(text)
    keys = [row["key"] for row in data["programme"]]
    there = Programme.objects.filter(organisation_id=by.organisation_id, key__in=keys).values_list("key", flat=True)
    if there:
        taken = ", ".join(sorted(there))
        raise ValidationError(_("Programmes with these keys exist already: %(keys)s") % {"keys": taken})
    with in_words():
        load_programmes(Organisation.objects.get(pk=by.organisation_id), data)
    added = list(Programme.objects.filter(organisation_id=by.organisation_id, key__in=keys).order_by("id"))
    for tree in _trees(added):
        require_of_all(by, PAYERS.parse(tree), "file")
    audit.record_all(by, "programme.create", added)
    return added


def _trees(programmes: Iterable[Programme]) -> list[object]:
    """Every rule and condition of these programmes."""
    rules = TargetRule.objects.filter(programme__in=programmes).order_by("id").values_list("tree", flat=True)
    wheres = Indicator.objects.filter(programme__in=programmes, where__isnull=False).order_by("id")
    return [*rules, *wheres.values_list("where", flat=True)]
