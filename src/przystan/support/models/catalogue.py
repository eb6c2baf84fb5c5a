"""Service lines, services and topics: rows, shipped in `support/data/catalogue.toml`, edited by coordinators."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from przystan.access.tiers import ForAll
from przystan.reference.models import Named


class ServiceLine(Named):
    """A field of work: advice, courses, flats..."""

    icon = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("service line")
        ordering = ["position", "id"]

    class Privacy(ForAll):
        t0 = "id code names icon position"


class Service(Named):
    """Something the centre gives. `unit` is what one support of it is: a consultation, a lesson, a night."""

    line = models.ForeignKey(ServiceLine, models.PROTECT, related_name="services", verbose_name=_("field of work"))
    unit = models.CharField(_("unit"), max_length=20)
    default_minutes = models.PositiveSmallIntegerField(_("usual minutes"), default=30)
    audience = models.CharField(_("for whom"), max_length=20, default="newcomers")
    retired = models.BooleanField(_("no longer offered"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("service")
        ordering = ["line__position", "position", "id"]

    class Privacy(ForAll):
        t0 = "id code names line unit default_minutes audience retired position"


class Topic(Named):
    """What a support was about; offered under the lines it belongs to."""

    lines = models.ManyToManyField(ServiceLine, related_name="topics", verbose_name=_("fields of work"))
    retired = models.BooleanField(_("no longer used"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("topic")
        ordering = ["position", "id"]

    class Privacy(ForAll):
        t0 = "id code names lines retired position"
