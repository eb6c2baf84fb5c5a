"""Kinds of institutions and of agreements: rows, shipped in `institutions/data/kinds.toml`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from przystan.access.tiers import ForAll
from przystan.reference.models import Named


class InstitutionKind(Named):
    """Office, school, clinic... `stale_after`: days after which what is known of such a place wants to be checked."""

    icon = models.CharField(max_length=40, blank=True)
    stale_after = models.PositiveSmallIntegerField(_("check again after, in days"), default=180)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("kind of institution")
        ordering = ["position", "id"]

    class Privacy(ForAll):
        t0 = "id code names icon stale_after position"


class AgreementKind(Named):
    """Cooperation, letter of intent, entrusting of personal data..."""

    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("kind of agreement")
        ordering = ["position", "id"]

    class Privacy(ForAll):
        t0 = "id code names position"
