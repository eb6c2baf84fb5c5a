"""Consents: which text, in which language, given how, and taken back when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from przystan.access.models import User
from przystan.reference.models import Dated, translated

from ..locks import of_person
from .person import Person


class ConsentText(Dated):
    """A version of the text a person agrees to. A new wording is a new version, never an edit."""

    purpose = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField()
    names = models.JSONField(default=dict)
    bodies = models.JSONField(default=dict)

    class Meta(Dated.Meta):
        ordering = ["purpose", "-version"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["purpose", "version"], name="consent_version_once"),
        ]

    class Privacy:
        unlocked = "the same for all: what the law, geography and the catalogue say"
        t0 = "id purpose version names bodies valid_from valid_to"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"

    def __str__(self) -> str:
        return translated(self.names)

    @property
    def body(self) -> str:
        """The text in the user's language, or the first there is."""
        return translated(self.bodies)


class Consent(models.Model):
    """One person's answer to one version of one text."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    text = models.ForeignKey(ConsentText, models.PROTECT)
    language = models.CharField(_("read in"), max_length=3)
    given_on = models.DateField(_("given on"))
    given_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    on_paper = models.BooleanField(_("signed on paper"), default=False)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("consent")
        ordering = ["-given_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=models.F("given_on")),
                name="consent_withdrawn_after_given",
                violation_error_message=_("A consent cannot be withdrawn before it was given."),
            )
        ]

    class Privacy:
        lock = of_person()
        title = _("Consents")
        t0 = "id person text"
        t1 = "language given_on given_by on_paper withdrawn_on withdrawn_by"
        t2 = ""
        merge, erase, export = "move", "rows", True
        protect = "keep"
        kept = "says no word of them; behind the lock of their row"
