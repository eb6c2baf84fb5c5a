"""The ledger of results. Written only by `results.actions`; read by everything that counts."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.history import History
from przystan.access.locks import own
from przystan.institutions.models import Institution
from przystan.ledger.models import Entry, EntryQuerySet
from przystan.people.models import Household, Person
from przystan.people.models.person import InTeam

from ..enums import Proof
from .catalogue import ResultKind
from .conditions import OfUnlisted


class ResultQuerySet(EntryQuerySet["Result"]):
    def about(self, people: models.QuerySet[Any]) -> Q:
        return Q(person__in=people)

    def of_team(self, actor: Actor, now: Any) -> Q:
        return Q(InTeam("person_id", actor.user_id, now, now))

    def of_unlisted(self, actor: Actor) -> Q:
        return Q(OfUnlisted("person_id", actor.user_id))


class Result(Entry):
    """One entry of the ledger of results. What any entry is: `ledger.models.Entry`.

    `household`: to which the person belonged on that day, for counts of households.

    `line`: code of the service line it came from, a text: lines are modules above. `minutes`: given, where the kind
    counts hours.
    """

    kind = models.ForeignKey(ResultKind, models.PROTECT, related_name="+", verbose_name=_("what came of it"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="results")
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="results", verbose_name=_("institution")
    )
    before = models.CharField(_("level before"), max_length=20, blank=True)
    after = models.CharField(_("level now"), max_length=20, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    proof = models.CharField(_("proven by"), max_length=12, choices=Proof, default=Proof.NONE)
    evidence = models.CharField(_("where the proof is"), max_length=200, blank=True)
    line = models.CharField(_("field of work"), max_length=24, blank=True)

    objects = ResultQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = _("result")
        indexes = [
            models.Index(fields=["organisation", "-day", "-id"], name="result_by_day"),
            models.Index(fields=["person", "-day"], name="result_of_person"),
            # As support_counted: counting reads this instead of the rows.
            models.Index(
                fields=["id"],
                include=[
                    *("organisation", "protected"),  # asked by row-level security
                    *("kind", "person", "point", "sign", "day", "booked_on", "minutes"),
                ],
                name="result_counted",
            ),
        ]
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(minutes__lte=24 * 60),
                name="result_minutes_of_a_day",
                violation_error_message=_("A day has 1440 minutes."),
            ),
        ]

    class Privacy:
        lock = own("(NOT protected OR app_knows_person(person_id))")
        history = History("results_resultbefore", "id", on="UPDATE", when="NOT OLD.protected")
        title = _("What came of it")
        t0 = (
            "id ref organisation point staff kind institution line sign day booked_on reverses form_token version"
            " created_at created_by"
        )
        t1 = "person household before after minutes proof evidence"
        t2 = "correction_reason"
        t4 = "protected"
        merge, erase, export = "move", "fields", True
        protect = "fields"
        sealed = "evidence"
        emptied = "evidence correction_reason"  # the entry stays, counted, without a word about its person
