"""Who lives together, and who is related to whom."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from przystan.access.history import History
from przystan.access.locks import own
from przystan.kernel.refs import new_ref
from przystan.reference.models import Dated
from przystan.team.models import Organisation

from ..enums import HouseholdRole, RelationKind
from ..locks import of_person
from .person import Person


class Household(models.Model):
    """People who keep house together; it has no name, its members have."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="households")

    class Privacy:
        lock = own()
        t0 = "id ref organisation"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"


class HouseholdMember(Dated):
    household = models.ForeignKey(Household, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="households")
    role = models.CharField(_("role"), max_length=20, choices=HouseholdRole, default=HouseholdRole.OTHER)

    class Meta(Dated.Meta):
        verbose_name = _("place in a household")
        ordering = ["id"]
        indexes = [models.Index(fields=["person", "household"], name="member_person")]

    class Privacy:
        lock = of_person(sensitive=True, counted=True)
        history = History("people_factbefore", "person_id")
        title = _("Household")
        t0 = "id household person"
        t1 = ""
        t2 = "role valid_from valid_to"
        merge, erase, export = "move", "rows", True
        protect = "own"
        forget = "przystan.people.actions.leaving_home.forget"


class Relation(models.Model):
    """`person` is the parent, partner, ... of `other`."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="relations")
    other = models.ForeignKey(Person, models.CASCADE, related_name="relations_from")
    kind = models.CharField(_("is"), max_length=20, choices=RelationKind)

    class Meta:
        verbose_name = _("relation")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "other", "kind"],
                name="relation_once",
                violation_error_message=_("This relation is already there."),
            ),
            models.CheckConstraint(
                condition=~Q(person=F("other")),
                name="relation_not_to_oneself",
                violation_error_message=_("A person cannot be their own relative."),
            ),
        ]

    class Privacy:
        lock = of_person(sensitive=True)
        history = History("people_factbefore", "person_id")
        title = _("Family")
        t0 = "id person"
        t1 = ""
        t2 = "other kind"
        merge, erase, export = "move", "rows", True
        protect = "keep"
        kept = "tells numbers of two rows; behind the lock of their row"
