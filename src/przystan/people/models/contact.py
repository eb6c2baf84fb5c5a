"""How to reach a person, and how it is safe to."""

from urllib.parse import quote

from django.db import models
from django.db.models import Case, Q, When
from django.db.models.functions import Lower, Reverse
from django.utils.translation import gettext_lazy as _

from przystan.access.fields import SealedTextField
from przystan.access.history import History
from przystan.access.models import User
from przystan.kernel.refs import new_ref

from ..enums import ChannelKind, Safety
from ..locks import of_person
from .person import Person


class Channel(models.Model):
    """A phone number, an address, an account: with the rule that no message may pass."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="channels")
    kind = models.CharField(_("kind"), max_length=20, choices=ChannelKind)
    value = models.CharField(_("number or address"), max_length=200)
    digits = models.CharField(max_length=20, blank=True)  # E.164 without "+"
    # What it is found by: a number backwards (its end finds it, nobody types the country code), an e-mail in small
    # letters. A column of its own: row-level security asks an index nothing but plain comparisons.
    finder = models.GeneratedField(
        expression=Case(When(kind=ChannelKind.EMAIL, then=Lower("value")), default=Reverse("digits")),
        output_field=models.CharField(max_length=200),
        db_persist=True,
    )
    safety = models.CharField(_("is it safe"), max_length=10, choices=Safety, default=Safety.NOT_ASKED)
    hours_from = models.TimeField(_("not before"), null=True, blank=True)
    hours_to = models.TimeField(_("not after"), null=True, blank=True)
    only_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("only by")
    )
    shared_with = SealedTextField(
        _("who else uses it"),
        max_length=120,
        blank=True,
        holder=lambda channel: (channel.person.organisation_id, channel.person.ref),
    )
    confirmed_on = models.DateField(_("last confirmed"), null=True, blank=True)

    class Meta:
        verbose_name = _("contact")
        ordering = ["id"]
        indexes = [models.Index(fields=["finder"], name="channel_finder")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(safety="hours") | (Q(hours_from__isnull=False) & Q(hours_to__isnull=False)),
                name="channel_hours_given",
                violation_error_message=_("Say between which hours it is safe."),
            ),
            models.CheckConstraint(
                condition=~Q(safety="only_by") | Q(only_by__isnull=False),
                name="channel_person_given",
                violation_error_message=_("Say who may use it."),
            ),
        ]

    class Privacy:
        lock = of_person()
        history = History("people_factbefore", "person_id")
        title = _("Contacts")
        t0 = "id ref person kind"
        t1 = "value digits finder safety hours_from hours_to only_by confirmed_on"
        t2 = "shared_with"
        merge, erase, export = "move", "rows", True
        protect = "seal"
        sealed = "kind value digits safety hours_from hours_to only_by_id shared_with confirmed_on"

    @property
    def opens(self) -> str:
        """What a tap on it opens, to call or write; "" unless the person said that it may be used."""
        if self.safety != Safety.YES:
            return ""
        number, mail = f"+{self.digits}" if self.digits else "", quote(self.value, safe="@+")
        ways = {ChannelKind.PHONE: number and f"tel:{number}", ChannelKind.SMS: number and f"sms:{number}"}
        return {**ways, ChannelKind.EMAIL: f"mailto:{mail}"}.get(ChannelKind(self.kind), "")
