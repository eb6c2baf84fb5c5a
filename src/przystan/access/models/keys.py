"""Keys: one for each person or case and tier, wrapped for whoever may open it. See `access.sealing`."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from przystan.kernel.refs import new_ref

from ..locks import SYSTEM, own, same_but, signed
from .accounts import User


class DataKey(models.Model):
    """A key that seals fields of one holder (a person, a case: their `ref`). The key itself is in its wraps only.

    A holder has one series of versions for each tier; the newest seals, older ones still open.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation_id = models.BigIntegerField()
    holder = models.CharField(max_length=12)
    tier = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    in_escrow = models.BooleanField(default=True)  # False: the emergency key was refused, for good
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["holder", "tier", "-version"]
        constraints = [models.UniqueConstraint(fields=["holder", "tier", "version"], name="data_key_once")]

    class Privacy:
        unlocked = "keys closed for people or by key files; asked by a number that another table's lock gave out"
        t0 = "id ref organisation_id holder tier version in_escrow created_at"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"


class KeyWrap(models.Model):
    """A data key closed for one opener: the centre's key file (T2), a member of staff, or the escrow (T3, T4)."""

    class Opener(models.TextChoices):
        CENTRE = "centre"
        STAFF = "staff"
        ESCROW = "escrow"

    key = models.ForeignKey(DataKey, models.CASCADE, related_name="wraps")
    opener = models.CharField(max_length=8, choices=Opener)
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    centre_key = models.CharField(max_length=12, blank=True)  # which key file, while one replaces another
    blob = models.BinaryField()
    expires_at = models.DateTimeField(null=True, blank=True)  # set for a key lent by breaking the glass
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["user", "key"], name="wraps_of_user")]
        constraints = [
            models.UniqueConstraint(fields=["key", "opener", "user"], name="wrap_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=Q(opener="staff", user__isnull=False) | (~Q(opener="staff") & Q(user__isnull=True)),
                name="wrap_staff_has_user",
            ),
        ]

    class Privacy:
        unlocked = "keys closed for people or by key files; asked by a number that another table's lock gave out"
        t0 = "id key opener user centre_key blob expires_at created_at"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"


class UserKey(models.Model):
    """The key pair of a member of staff. The private half is closed by their passphrase, and by a printed code."""

    user = models.OneToOneField(User, models.CASCADE, related_name="key")
    public = models.BinaryField(max_length=32)
    salt = models.BinaryField(max_length=16)
    by_passphrase = models.BinaryField()
    recovery_salt = models.BinaryField(max_length=16)
    by_recovery = models.BinaryField()
    recovery_confirmed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("key of a colleague")

    class Privacy:
        unlocked = "accounts of staff and what opens them: no organisation is known before somebody has logged in"
        t0 = "id user public salt by_passphrase recovery_salt by_recovery recovery_confirmed_at created_at"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"


class PasskeyWrap(models.Model):
    """The private half once more, closed by a secret that a passkey derives (WebAuthn's PRF extension)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="passkey_wraps")
    credential = models.CharField(max_length=400)
    salt = models.BinaryField(max_length=32)
    blob = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "credential"], name="passkey_wrap_once")]

    class Privacy:
        unlocked = "accounts of staff and what opens them: no organisation is known before somebody has logged in"
        t0 = "id user credential salt blob created_at"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"


class EscrowQuerySet(models.QuerySet["Escrow"]):
    def in_force(self, organisation_id: int) -> "Escrow | None":
        """The one that opens and closes files: the newest that a second person confirmed."""
        confirmed = self.filter(organisation_id=organisation_id, confirmed_at__isnull=False)
        return confirmed.order_by("-confirmed_at", "-id").first()

    def waiting(self, organisation_id: int) -> "Escrow | None":
        """The plan that waits for a second person."""
        return self.filter(organisation_id=organisation_id, confirmed_at=None).first()


class Escrow(models.Model):
    """The organisation's emergency key: opened by one custodian (`needed` 1) or by any two (2) for broken glass.

    A plan until another person than who asked for it has confirmed it.
    """

    organisation_id = models.BigIntegerField()
    public = models.BinaryField(max_length=32)
    needed = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    objects = EscrowQuerySet.as_manager()

    class Meta:
        verbose_name = _("emergency key")
        constraints = [
            models.CheckConstraint(condition=Q(needed__in=[1, 2]), name="escrow_one_or_two"),
            models.UniqueConstraint(
                fields=["organisation_id"], condition=Q(confirmed_at=None), name="escrow_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(asked_by__isnull=False, confirmed_by__isnull=False, confirmed_at__isnull=False)
                & ~Q(confirmed_by=models.F("asked_by")),
                name="escrow_by_two_people",
            ),
        ]

    class Privacy:
        # Asked for under one's own name, and put in force once, by a second person, as it was asked for.
        lock = own(
            added=f"{SYSTEM} OR (asked_by_id = (SELECT app_uid()) AND confirmed_by_id IS NULL)",
            changed=(
                f"{SYSTEM} OR ({same_but('confirmed_by_id', 'confirmed_at')}"
                f" AND {signed('confirmed_by_id', 'asked_by_id', at='confirmed_at')})"
            ),
        )
        t0 = "id organisation_id public needed created_at asked_by confirmed_by confirmed_at"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"


class EscrowWrap(models.Model):
    """The emergency key closed for one custodian, or first for `second` and then for `first`: both must open it."""

    escrow = models.ForeignKey(Escrow, models.CASCADE, related_name="wraps")
    first = models.ForeignKey(User, models.CASCADE, related_name="+")
    second = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    blob = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["escrow", "first", "second"], name="escrow_wrap_once", nulls_distinct=False)
        ]

    class Privacy:
        unlocked = "keys closed for people or by key files; asked by a number that another table's lock gave out"
        t0 = "id escrow first second blob"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"
