"""What was true of a person, from when to when: citizenships, titles to stay, where they lived, languages."""

from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from przystan.access.fields import SealedTextField
from przystan.access.history import History
from przystan.access.models import User
from przystan.kernel.refs import new_ref
from przystan.reference.models import Dated, Place, ResidenceTitle

from ..enums import EvidenceKind, LanguageLevel
from ..locks import of_person
from .person import Person


class Citizenship(Dated):
    """A citizenship; country is ISO 3166 alpha-2, XX for stateless, XK for Kosovo."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="citizenships")
    country = models.CharField(_("country"), max_length=2)

    class Meta(Dated.Meta):
        ordering = ["valid_from", "id"]
        verbose_name = _("citizenship")

    class Privacy:
        lock = of_person(sensitive=True, counted=True)
        history = History("people_factbefore", "person_id")
        title = _("Citizenships")
        t0 = "id person"
        t1 = ""
        t2 = "country valid_from valid_to"
        merge, erase, export = "move", "rows", True
        protect = "keep"
        kept = "payers and age bands ask it; behind the lock of their row"


class TitleHeld(Dated):
    """A title to stay held by a person, and who saw the evidence when. Several may overlap."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="titles")
    title = models.ForeignKey(ResidenceTitle, models.PROTECT, verbose_name=_("title to stay"))
    evidence = models.CharField(_("how we know"), max_length=20, choices=EvidenceKind, default=EvidenceKind.NONE)
    document = SealedTextField(
        _("which document"),
        max_length=120,
        blank=True,
        holder=lambda held: (held.person.organisation_id, held.person.ref),
    )
    seen_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    seen_on = models.DateField(_("seen on"), null=True, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("title to stay")
        ordering = ["valid_from", "id"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(seen_by__isnull=True, seen_on__isnull=True)
                | Q(seen_by__isnull=False, seen_on__isnull=False),
                name="title_seen_both_or_none",
            ),
        ]

    class Privacy:
        lock = of_person(sensitive=True, counted=True)
        history = History("people_factbefore", "person_id")
        title = _("Titles to stay")
        t0 = "id ref person"
        t1 = ""
        t2 = "title valid_from valid_to evidence document seen_by seen_on"
        merge, erase, export = "move", "rows", True
        protect = "keep"
        kept = "payers and age bands ask it; behind the lock of their row"


class Dwelling(Dated):
    """The town where a person lived. The address itself is a contact channel, if it is known at all."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="dwellings")
    place = models.ForeignKey(Place, models.PROTECT, verbose_name=_("town"))

    class Meta(Dated.Meta):
        verbose_name = _("home")
        ordering = ["valid_from", "id"]

    class Privacy:
        lock = of_person(counted=True)
        history = History("people_factbefore", "person_id")
        title = _("Towns lived in")
        t0 = "id person"
        t1 = "place valid_from valid_to"
        t2 = ""
        merge, erase, export = "move", "rows", True
        protect = "keep"
        kept = "payers and age bands ask it; behind the lock of their row"


class PersonLanguage(models.Model):
    """A language (ISO 639-1, else 639-3), how well it is spoken, and whether an interpreter into it is needed.

    `needs_interpreter`: None while nobody has asked.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="languages")
    language = models.CharField(_("language"), max_length=3)
    level = models.CharField(_("level"), max_length=10, choices=LanguageLevel, default=LanguageLevel.NOT_ASKED)
    needs_interpreter = models.BooleanField(
        _("needs an interpreter into this language"), null=True, blank=True, default=None
    )

    class Meta:
        verbose_name = _("language")
        ordering = ["id"]
        indexes = [BTreeIndex(fields=["language"], name="language_spoken")]

    class Privacy:
        lock = of_person()
        history = History("people_factbefore", "person_id")
        title = _("Languages")
        t0 = "id person"
        t1 = "language level needs_interpreter"
        t2 = ""
        merge, erase, export = "move", "rows", True
        protect = "keep"
        kept = "payers and age bands ask it; behind the lock of their row"
