"""Consents: which text, who has to sign, what each of them answered, how and when, and taken back when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from przystan.access.fields import SealedTextField
from przystan.access.history import History
from przystan.access.locks import or_shipped
from przystan.access.models import User
from przystan.access.tiers import ForAll
from przystan.kernel.refs import new_ref
from przystan.reference.models import Dated, translated
from przystan.team.models import Organisation

from ..enums import AnswerWay, GuardianKind, Signers
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

    class Privacy(ForAll):
        t0 = "id purpose version names bodies valid_from valid_to"

    def __str__(self) -> str:
        return translated(self.names)

    @property
    def body(self) -> str:
        """The text in the user's language, or the first there is."""
        return translated(self.bodies)


class ConsentSigner(Dated):
    """Who has to agree to a purpose, at which ages of the person (both ends included), from one day to another.

    Without an `organisation`: what shipped. From the first day of an organisation's own rows about a purpose on these
    hold for it alone, and what shipped no more: `queries.signers.signers_on`.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, editable=False, related_name="+")
    purpose = models.SlugField(max_length=60)
    signers = models.CharField(max_length=20, choices=Signers)
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta(Dated.Meta):
        ordering = ["purpose", "id"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_from__lte=models.F("age_to")),
                name="consent_signer_ages_in_order",
                violation_error_message=_("The first age must not be above the last."),
            ),
        ]

    class Privacy:
        lock = or_shipped()
        t0 = "id organisation purpose signers age_from age_to source valid_from valid_to"
        t1 = t2 = ""
        merge, erase, export, protect = "keep", "keep", False, "keep"

    @property
    def ages(self) -> str:
        """Of whom it holds, in words."""
        if self.age_from is None:
            return str(_("at any age")) if self.age_to is None else _("up to %(age)s") % {"age": self.age_to}
        if self.age_to is None:
            return _("from %(age)s") % {"age": self.age_from}
        return _("from %(first)s to %(last)s") % {"first": self.age_from, "last": self.age_to}


class Guardian(Dated):
    """Somebody who signs for a person: a parent of a minor, a guardian, a curator. No record of their own is needed."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="guardians")
    kind = models.CharField(_("is"), max_length=20, choices=GuardianKind, default=GuardianKind.PARENT)
    name = SealedTextField(
        pgettext_lazy("of a person", "name"),
        max_length=120,
        holder=lambda guardian: (guardian.person.organisation_id, guardian.person.ref),
    )

    class Meta(Dated.Meta):
        verbose_name = _("who signs for them")
        ordering = ["id"]

    class Privacy:
        lock = of_person()
        history = History("people_factbefore", "person_id")
        title = _("Who signs for them")
        t0 = "id ref person"
        t1 = "kind valid_from valid_to"  # that somebody has to sign shows to all who see the consent
        t2 = "name"
        least = 2  # who it is, to whoever works with the person, and they write it
        merge, erase, export = "move", "rows", True
        protect = "keep"
        kept = "the name is sealed, the rest says no word of them; behind the lock of their row"

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def named(self) -> str:
        """With the name, for whoever may know it."""
        return f"{self.get_kind_display()}: {self.name}"


class Consent(models.Model):
    """One signer's answer to one version of one text, about a person.

    `guardian`: who signs for the person; None: the person. What all answers come to: `people.queries.consents`.
    `relied_on`: a yes that stood while the consent was given, and nothing that rests on it has ended since.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    guardian = models.ForeignKey(
        Guardian, models.CASCADE, null=True, blank=True, related_name="answers", verbose_name=_("who answers")
    )
    text = models.ForeignKey(ConsentText, models.PROTECT)
    agrees = models.BooleanField(_("agrees"), default=True)
    language = models.CharField(_("read in"), max_length=3)
    how = models.CharField(_("how"), max_length=10, choices=AnswerWay, default=AnswerWay.SPOKEN)
    given_on = models.DateField(_("answered on"))
    given_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    relied_on = models.BooleanField(default=False, editable=False)

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
        history = History("people_factbefore", "person_id")
        title = _("Consents")
        t0 = "id person text relied_on"
        t1 = "guardian agrees language how given_on given_by withdrawn_on withdrawn_by"
        t2 = ""
        merge, erase, export = "move", "rows", True
        protect = "keep"
        kept = "says no word of them; behind the lock of their row"

    @property
    def stands(self) -> bool:
        """Whether it is a yes that nobody took back."""
        return self.agrees and self.withdrawn_on is None
