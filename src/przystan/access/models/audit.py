"""The record of who did what, as a keyed chain."""

from django.db import models

from przystan.access.locks import SOMEBODY_OR_BEARER, own

from .accounts import User


class AuditEntry(models.Model):
    """One change or one read of something sensitive: names of fields, never their values. Only ever appended.

    `mac` is an HMAC over this row and the `mac` of the row before (`prev`); `seq` has no gaps. The application's
    database role may insert and read, nothing else; a trigger refuses edits to everybody.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    roles = models.CharField(max_length=200, blank=True)
    organisation_id = models.BigIntegerField()
    action = models.CharField(max_length=60)
    model = models.CharField(max_length=60)
    object_ref = models.CharField(max_length=40)
    tier = models.PositiveSmallIntegerField(default=0)
    fields = models.JSONField(default=list)
    purpose = models.CharField(max_length=200, blank=True)
    request = models.CharField(max_length=32, blank=True)
    key_id = models.CharField(max_length=12)
    prev = models.BinaryField(max_length=32)
    mac = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["-seq"]
        indexes = [
            models.Index(fields=["model", "object_ref", "-seq"], name="audit_object"),
            models.Index(fields=["actor", "-seq"], name="audit_actor"),
        ]

    class Privacy:
        lock = own(written=SOMEBODY_OR_BEARER)
        t0 = "seq at actor roles organisation_id action model object_ref tier fields purpose request key_id prev mac"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"

    def __str__(self) -> str:
        return f"{self.action} {self.model} {self.object_ref}"


class AuditHead(models.Model):
    """The last link of the chain; its one row is locked while links are added."""

    ONLY = 1

    seq = models.BigIntegerField(default=0)
    mac = models.BinaryField(max_length=32, default=bytes)

    class Privacy:
        unlocked = "the audit log is one chain for the whole installation: numbers and digests"
        t0 = "id seq mac"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"


class AuditAnchor(models.Model):
    """When the head of the chain was written down outside the database, and where (file, mail)."""

    at = models.DateTimeField(auto_now_add=True)
    seq = models.BigIntegerField()
    where = models.CharField(max_length=200)

    class Meta:
        ordering = ["-id"]

    class Privacy:
        unlocked = "the audit log is one chain for the whole installation: numbers and digests"
        t0 = "id at seq where"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"
