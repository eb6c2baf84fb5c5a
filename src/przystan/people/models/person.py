"""The person: an anchor for everything else."""

from typing import Any, Self

from django.db import models
from django.db.models import ExpressionWrapper, F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.conditions import Condition
from przystan.access.decisions import Standing
from przystan.access.fields import SealedTextField
from przystan.access.history import History
from przystan.access.locks import own
from przystan.access.models import User
from przystan.access.rights import CASES_SECRET
from przystan.access.tiers import Tier
from przystan.kernel.dates import PATTERN, PartialDate
from przystan.kernel.refs import new_ref
from przystan.team.models import Organisation, Point

from ..enums import Sex


class EarliestDay(Func):
    """The first day that a partial date can mean; NULL for an empty text."""

    template = (
        "(CASE WHEN %(expressions)s <> '' THEN make_date(substr(%(expressions)s, 1, 4)::int,"
        " coalesce(nullif(substr(%(expressions)s, 6, 2), '')::int, 1),"
        " coalesce(nullif(substr(%(expressions)s, 9, 2), '')::int, 1)) END)"
    )


class LatestDay(Func):
    """The last day that a partial date can mean; NULL for an empty text."""

    template = (
        "(CASE length(%(expressions)s)"
        " WHEN 10 THEN make_date(substr(%(expressions)s, 1, 4)::int, substr(%(expressions)s, 6, 2)::int,"
        " substr(%(expressions)s, 9, 2)::int)"
        " WHEN 7 THEN (make_date(substr(%(expressions)s, 1, 4)::int, substr(%(expressions)s, 6, 2)::int, 1)"
        " + interval '1 month' - interval '1 day')::date"
        " WHEN 4 THEN make_date(substr(%(expressions)s, 1, 4)::int, 12, 31) END)"
    )


class DigitsOf(Func):
    """The digits of a text, as `rules.references.reference_digits` gives them."""

    template = "regexp_replace(%(expressions)s, '[^0-9]', '', 'g')"


def validate_partial_date(text: str) -> None:
    """Raise ValidationError unless the text is a year, a month or a day of the calendar."""
    from django.core.exceptions import ValidationError

    try:
        PartialDate.parse(text)
    except ValueError as error:
        raise ValidationError(_("Write a year, a month (2001-05) or a day (2001-05-17).")) from error


# Also for queries that are written in SQL (queries.visible).
IN_TEAM = """EXISTS (
    SELECT 1 FROM people_teammember t WHERE t.person_id = {person} AND t.user_id = {actor}
    AND t.starts_at <= {now} AND (t.ends_at IS NULL OR t.ends_at > {now}))"""
UNLISTED = "NOT EXISTS (SELECT 1 FROM people_exclusion x WHERE x.person_id = {person} AND x.user_id = {actor})"


def _open(actor: Actor) -> Q:
    """Those of the people an actor may know of whose page is open to them."""
    if actor.is_system or actor.points is None or actor.leads is None:
        return Q(pk__isnull=False)
    return Q(in_team=True) | Q(point_id__in=actor.points | actor.leads)


def _known(actor: Actor) -> Q:
    """A protected person is known to their team only, and of these to whoever may hold a key today."""
    return Q(protected=False) | Q(in_team=True) if actor.can(CASES_SECRET) else Q(protected=False)


class InTeam(Condition):
    """Whether an account is in a person's team at a moment. Values: account, moment, moment (see `team_of`)."""

    sql = IN_TEAM.format(person="{}", actor="%s", now="%s")


class Unlisted(Condition):
    """Whether an account is not on the list of those who must not see a person. Value: the account."""

    sql = UNLISTED.format(person="{}", actor="%s")


class PersonQuerySet(models.QuerySet["Person"]):
    def seen_by(self, actor: Actor) -> Self:
        """People of the actor's organisation whom the actor may know of. Tells `standing_of` the rest."""
        if actor.is_system:
            return self.filter(organisation_id=actor.organisation_id)
        now = timezone.now()
        return self.annotate(
            in_team=InTeam("pk", actor.user_id, now, now),
            seen_for=Value(actor.user_id, models.BigIntegerField()),  # in whose team: the answer is one actor's own
        ).filter(_known(actor), Unlisted("pk", actor.user_id), organisation_id=actor.organisation_id, erased_at=None)

    def named_for(self, actor: Actor) -> Self:
        """`seen_by`, each with `is_open`: may the actor open their page, or know their name and point only?"""
        return self.seen_by(actor).annotate(is_open=ExpressionWrapper(_open(actor), models.BooleanField()))

    def open_to(self, actor: Actor) -> Self:
        """Those whose page the actor may open: of a point where they work or lead, or of whose team they are."""
        return self.seen_by(actor).filter(_open(actor))

    def worked_with_by(self, actor: Actor) -> Self:
        """Those whose sensitive facts the actor may read: of whose team they are, or whose point they lead."""
        if actor.is_system:
            return self.seen_by(actor)
        led = Q() if actor.leads is None else Q(point_id__in=actor.leads)
        return self.seen_by(actor).filter(Q(in_team=True) | led & Q(protected=False))

    def team_of(self, actor: Actor) -> models.QuerySet[Any]:
        """Rows of the teams that the actor is in now, one or more for each person."""
        now = timezone.now()
        member: Any = self.model._meta.get_field("team").related_model
        members = member.objects.filter(user_id=actor.user_id)
        rows: models.QuerySet[Any] = members.filter(Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now)
        return rows

    def current(self) -> Self:
        """Leave out those that were merged into another."""
        return self.filter(merged_into__isnull=True)


class Person(models.Model):
    """Whoever receives support and is not anonymous. Any fact may be unknown."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="people")
    point = models.ForeignKey(Point, models.PROTECT, related_name="people", verbose_name=_("registered at"))
    centre_reference = models.CharField(_("the centre's own reference"), max_length=40, blank=True)
    # What it is looked up by: people write the rest of it in many ways.
    reference_digits = models.GeneratedField(
        expression=DigitsOf(F("centre_reference")), output_field=models.CharField(max_length=40), db_persist=True
    )
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, default=Sex.UNKNOWN)
    birth = models.CharField(_("born"), max_length=10, blank=True, validators=[validate_partial_date])
    birth_from = models.GeneratedField(
        expression=EarliestDay(F("birth")), output_field=models.DateField(null=True), db_persist=True
    )
    birth_to = models.GeneratedField(
        expression=LatestDay(F("birth")), output_field=models.DateField(null=True), db_persist=True
    )
    arrived = models.CharField(_("came to Poland"), max_length=10, blank=True, validators=[validate_partial_date])
    arrived_from = models.GeneratedField(
        expression=EarliestDay(F("arrived")), output_field=models.DateField(null=True), db_persist=True
    )
    arrived_to = models.GeneratedField(
        expression=LatestDay(F("arrived")), output_field=models.DateField(null=True), db_persist=True
    )
    protected = models.BooleanField(_("protected"), default=False)
    alias = models.CharField(max_length=20, blank=True)
    identity = SealedTextField(tier=Tier.T4, holder=lambda person: (person.organisation_id, person.ref), blank=True)
    restricted_on = models.DateField(_("processing restricted since"), null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)  # what stays of an erased person: a count
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = PersonQuerySet.as_manager()
    # Of rows that came through `seen_by` (`named_for`): what they are to the actor who asked.
    in_team: bool
    seen_for: int | None
    is_open: bool

    class Meta:
        verbose_name = _("person")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["organisation", "-id"], name="person_newest"),
            models.Index(
                fields=["organisation", "centre_reference"], name="person_reference", condition=~Q(centre_reference="")
            ),
            models.Index(
                fields=["organisation", "reference_digits"],
                name="person_reference_digits",
                condition=~Q(reference_digits=""),
            ),
            models.Index(fields=["organisation", "birth_from"], name="person_birth"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(birth="") | Q(birth__regex=PATTERN), name="person_birth_partial_date"),
            models.CheckConstraint(
                condition=Q(arrived="") | Q(arrived__regex=PATTERN), name="person_arrived_partial_date"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="person_not_into_itself"
            ),
            models.UniqueConstraint(fields=["alias"], name="person_alias_once", condition=~Q(alias="")),
        ]

    class Privacy:
        lock = own("(NOT protected OR app_knows_person(id))")
        history = History("people_factbefore", "id", on="UPDATE")
        title = _("The person")
        t0 = "id ref organisation point merged_into created_at created_by restricted_on erased_at"
        t1 = "centre_reference reference_digits sex birth birth_from birth_to arrived arrived_from arrived_to"
        t2 = ""
        t4 = "protected alias identity"
        merge, erase, export = "keep", "fields", True
        protect = "fields"
        sealed = "birth centre_reference"  # of the birth the year stays

    def __str__(self) -> str:
        return self.ref

    @property
    def least_tier(self) -> Tier:
        """A protected person's very existence is of the highest tier."""
        return Tier.T4 if self.protected else Tier.T1

    def standing_of(self, actor: Actor) -> Standing:
        """What the actor is to this person; no query when the row came through `seen_by(actor)`."""
        if self.organisation_id != actor.organisation_id:
            return Standing.ALIEN
        if actor.is_system:
            return Standing.LEAD
        if getattr(self, "seen_for", None) != actor.user_id:
            seen = type(self).objects.seen_by(actor).filter(pk=self.pk).only("pk").first()
            if seen is None:
                return Standing.EXCLUDED
            self.in_team, self.seen_for = seen.in_team, actor.user_id
        if self.in_team:
            return Standing.TEAM
        if actor.leads_at(self.point_id):
            return Standing.LEAD
        return Standing.POINT if actor.works_at(self.point_id) else Standing.ELSEWHERE

    @property
    def display_name(self) -> str:
        """The name to show: as the person wants to be called, else the first form entered; the alias of a protected."""
        if self.protected:
            return self.alias
        names = sorted(self.names.all(), key=lambda name: (name.kind != "known_as", name.position, name.pk))
        return names[0].text if names else str(_("No name"))
