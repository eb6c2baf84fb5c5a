"""Who pays, for whom, for what, and what the funder counts. All of it rows with dates and sources."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.locks import among, own
from przystan.access.models import User
from przystan.access.tiers import ForAll
from przystan.kernel.refs import new_ref
from przystan.reference.models import Dated, Named, Place, translated
from przystan.results.models import Result, ResultKind
from przystan.rules.models import DatedTree, one_a_day
from przystan.support.models import Service, Support
from przystan.team.models import Organisation

from .enums import Breakdown, Counted, LimitKind
from .locks import of_figures, of_notes


class Funder(Named):
    class Meta:
        verbose_name = _("funder")
        ordering = ["code"]

    class Privacy(ForAll):
        t0 = "id code names"


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def seen_by(self, actor: Actor) -> Self:
        return self.filter(organisation_id=actor.organisation_id)

    def running_on(self, day: date) -> Self:
        """Programmes whose dates hold the day; an unknown end is open."""
        return self.filter(Q(starts__isnull=True) | Q(starts__lte=day), Q(ends__isnull=True) | Q(ends__gte=day))


class Programme(models.Model):
    """A grant with its services, territory, target groups, limits and indicators.

    `outside`: it pays, but not us: what it paid for cannot be counted here. `rank`: 1 is asked first to pay.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="programmes")
    key = models.SlugField(_("key"), max_length=60)
    name = models.CharField(_("official name"), max_length=250)
    gloss = models.JSONField(_("name in other languages"), default=dict, blank=True)
    agreement = models.CharField(_("agreement"), max_length=60, blank=True)
    starts = models.DateField(_("first day"), null=True, blank=True)
    ends = models.DateField(_("last day"), null=True, blank=True)
    funder = models.ForeignKey(Funder, models.PROTECT, verbose_name=_("funder"))
    lead = models.CharField(_("lead"), max_length=120, blank=True)
    partners = models.JSONField(_("partners"), default=list, blank=True)
    complements = models.CharField(_("complements"), max_length=300, blank=True)
    target = models.JSONField(_("for whom"), default=dict, blank=True)
    offers = models.JSONField(_("what it offers"), default=dict, blank=True)
    territory = models.ManyToManyField(Place, blank=True, related_name="+", verbose_name=_("territory"))
    services = models.ManyToManyField(Service, blank=True, related_name="+", verbose_name=_("services"))
    rank = models.PositiveSmallIntegerField(_("order of payers"), default=100)
    outside = models.BooleanField(_("paid outside the centre"), default=False)
    is_demo = models.BooleanField(default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)
    notes = models.TextField(_("notes"), blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        ordering = ["-starts", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key"],
                name="programme_key_once",
                violation_error_message=_("A programme with this key exists already."),
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(starts__lte=F("ends")),
                name="programme_dates_in_order",
                violation_error_message=_("The first day must not be after the last."),
            ),
        ]

    class Privacy:
        lock = own()
        t0 = (
            "id ref organisation key name gloss agreement starts ends funder lead partners complements target offers"
            " territory services rank outside is_demo source notes"
        )
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"

    def __str__(self) -> str:
        return self.name

    @property
    def gloss_here(self) -> str:
        """The gloss in the page's language; empty where the official name needs none."""
        return translated(self.gloss) if self.gloss else ""


class TargetRule(DatedTree):
    """For whom a programme pays, as a tree (see `rules.trees`, `funding.vocabulary`), from one day to another."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="rules")

    class Meta(DatedTree.Meta):
        abstract = False
        ordering = ["programme", F("valid_from").asc(nulls_first=True), "id"]
        constraints = [*DatedTree.Meta.constraints, one_a_day("programme", "target_rule_one_a_day")]

    class Privacy:
        lock = among("funding_programme", "programme_id")
        t0 = "id programme tree source created_at created_by valid_from valid_to"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"


class Limit(Dated):
    """How much a programme pays at most; for one service, or all of its services when `service` is empty.

    It is asked for supports of its days, and counts those of its days.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="limits")
    kind = models.CharField(_("limit on"), max_length=24, choices=LimitKind)
    value = models.PositiveIntegerField(_("at most"))
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta(Dated.Meta):
        ordering = ["programme", "id"]

    class Privacy:
        lock = among("funding_programme", "programme_id")
        t0 = "id programme kind value service source valid_from valid_to"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"


class Indicator(models.Model):
    """What a funder counts. `where` is a rule tree or null.

    No services means all that the programme pays for; no kinds, where results are counted, all that it counts.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="indicators")
    code = models.SlugField(max_length=80)
    names = models.JSONField(_("name"), default=dict)
    counted = models.CharField(_("what is counted"), max_length=24, choices=Counted)
    services = models.ManyToManyField(Service, blank=True, related_name="+", verbose_name=_("services"))
    kinds = models.ManyToManyField(ResultKind, blank=True, related_name="+", verbose_name=_("kinds of results"))
    where = models.JSONField(_("only when"), null=True, blank=True)
    breakdowns = ArrayField(models.CharField(max_length=12, choices=Breakdown), default=list, blank=True)
    target = models.PositiveIntegerField(_("target"), null=True, blank=True)
    target_source = models.CharField(_("source of the target"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("indicator")
        ordering = ["programme", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="indicator_code_once")]

    class Privacy:
        lock = among("funding_programme", "programme_id")
        t0 = "id ref programme code names counted services kinds where breakdowns target target_source position"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"

    def __str__(self) -> str:
        return translated(self.names)


class Paid(models.Model):
    """The payer of an entry of either ledger. One row per entry at most: the primary key says so.

    `suggested` is what the product ranked first then; `reason` is asked for when the chosen payer is another.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="%(class)ss")
    suggested = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("why this payer"), max_length=300, blank=True)
    at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class Allocation(Paid):
    """The payer of a support."""

    support = models.OneToOneField(Support, models.CASCADE, primary_key=True, related_name="allocation")

    class Meta:
        indexes = [
            models.Index(fields=["programme", "support"], name="allocation_programme"),
            models.Index(fields=["support"], include=["programme"], name="allocation_counted"),  # as support_counted
        ]

    class Privacy:
        lock = among("funding_programme", "programme_id")
        title = _("Payers of what was given")
        t0 = "support programme suggested at by"
        t1 = "reason"
        t2 = ""
        merge, erase, export = "keep", "fields", True
        protect = "fields"
        sealed = "reason"


class ResultAllocation(Paid):
    """The programme that counts a result, and so reports it to its funder."""

    result = models.OneToOneField(Result, models.CASCADE, primary_key=True, related_name="allocation")

    class Meta:
        indexes = [
            models.Index(fields=["programme", "result"], name="result_allocation_programme"),
            models.Index(fields=["result"], include=["programme"], name="result_allocation_counted"),
        ]

    class Privacy:
        lock = among("funding_programme", "programme_id")
        title = _("Payers of what came of it")
        t0 = "result programme suggested at by"
        t1 = "reason"
        t2 = ""
        merge, erase, export = "keep", "fields", True
        protect = "fields"
        sealed = "reason"


class Touched(models.Model):
    """That something was changed of which figures are made: written by triggers (`touching`), read by `queries.kept`.

    `what` with `key`: "programme" and "results": all entries of either ledger, or the results, that a programme pays
    for; "support", "result", "person", "household": one row; "all": nobody knows which; "added": `entry`, a support, is
    new for the programme.
    """

    what = models.CharField(max_length=12)
    key = models.BigIntegerField(null=True)
    entry = models.BigIntegerField(null=True)

    class Privacy:
        lock = of_notes()
        t0 = "id what"
        t1 = "key entry"
        t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"
        kept = "numbers of rows, for a minute, behind a lock that opens for counting alone"


class KeptFigure(models.Model):
    """What an indicator counted over all the time (`by` empty), or a breakdown of it: value -> total.

    `definition`: digest of the statement that counted it; `of_people`: whether it reads facts of people; `included`:
    notes (Touched) about new entries that are in it.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="kept")
    by = models.CharField(max_length=12, blank=True)
    definition = models.CharField(max_length=64)
    of_results = models.BooleanField()
    of_people = models.BooleanField()
    totals = models.JSONField(default=dict)
    included = ArrayField(models.BigIntegerField(), default=list)
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "by"], name="kept_figure_once")]

    class Privacy:
        lock = of_figures()
        t0 = "id organisation programme indicator by definition of_results of_people included counted_at"
        t1 = ""
        t2 = "totals"
        merge, erase, export = "keep", "keep", False
        protect = "keep"
        kept = "a number in which no protected person is: protecting somebody is noted, and it is counted anew"
