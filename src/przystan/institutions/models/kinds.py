"""Kinds of institutions and of agreements: rows, shipped in `institutions/data/kinds.toml`."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from przystan.access.tiers import ForAll
from przystan.reference.models import Named


class KindQuerySet(models.QuerySet[Any]):
    def offered(self, besides: int | None = None) -> Self:
        """Those that are chosen from; `besides`: the id of one that a row has already."""
        return self.filter(Q(retired=False) | Q(pk=besides))


class InstitutionKind(Named):
    """Office, school, clinic... `stale_after`: days after which what is known of such a place wants to be checked."""

    icon = models.CharField(max_length=40, blank=True)
    stale_after = models.PositiveSmallIntegerField(_("check again after, in days"), default=180)
    retired = models.BooleanField(_("no longer used"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    objects = KindQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of institution")
        ordering = ["position", "id"]

    class Privacy(ForAll):
        t0 = "id code names icon stale_after retired position"


class AgreementKind(Named):
    """Cooperation, letter of intent, entrusting of personal data..."""

    retired = models.BooleanField(_("no longer used"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    objects = KindQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of agreement")
        ordering = ["position", "id"]

    class Privacy(ForAll):
        t0 = "id code names retired position"
