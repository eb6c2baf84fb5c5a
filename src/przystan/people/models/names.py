"""Name forms: any number, any script, one word or five."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from przystan.access.history import History

from ..enums import NameKind
from ..locks import of_person
from .person import Person


class PersonName(models.Model):
    """One spelling of a name. `folded` and `keys` come from `kernel.names` and are written by the actions."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="names")
    kind = models.CharField(_("kind"), max_length=20, choices=NameKind, default=NameKind.NOT_ASKED)
    text = models.CharField(_("full name"), max_length=200)
    given = models.CharField(_("given names"), max_length=120, blank=True)
    family = models.CharField(_("family name"), max_length=120, blank=True)
    script = models.CharField(max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    folded = models.CharField(max_length=400)
    keys = ArrayField(models.TextField(), default=list)

    class Meta:
        verbose_name = pgettext_lazy("of a person", "name")
        ordering = ["position", "id"]
        indexes = [
            GinIndex(fields=["keys"], name="name_keys", fastupdate=False),
            models.Index(fields=["folded"], name="name_folded", opclasses=["text_pattern_ops"]),
        ]

    class Privacy:
        lock = of_person()
        history = History("people_factbefore", "person_id")
        views = "people_namesearch"
        title = _("Names")
        t0 = "id person kind script position"
        t1 = "text given family folded keys"
        t2 = ""
        merge, erase, export = "move", "rows", True
        protect = "seal"
        sealed = "kind text given family position"
