"""Whom to ask for at an institution."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from przystan.kernel.refs import new_ref
from przystan.reference.models import Dated

from .institution import OF_INSTITUTION, Institution


class Contact(Dated):
    """A person of the institution, as such. Who leaves is ended, not deleted: old letters name them."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    institution = models.ForeignKey(Institution, models.CASCADE, related_name="contacts")
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=120)
    role = models.CharField(pgettext_lazy("of a person at an institution", "what they do there"), max_length=120)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)

    class Meta(Dated.Meta):
        verbose_name = pgettext_lazy("of an institution", "person to ask for")
        ordering = ["name", "id"]

    class Privacy:
        lock = OF_INSTITUTION
        t0 = "id ref institution valid_from valid_to"
        t1 = "name role phone email languages"
        t2 = ""
        merge, erase, export = "move", "keep", False
        protect = "keep"
        kept = "of officials in their office, no client"

    def __str__(self) -> str:
        return self.name
