"""The catalogue as forms offer it."""

from django.db.models import QuerySet

from ..enums import Of
from ..models import ResultKind


def kinds_offered(*of: Of, retired: bool = False) -> QuerySet[ResultKind]:
    """Kinds of results of a person, an institution or nobody (none named: all), in the order of the catalogue.

    `retired`: also what is no longer used.
    """
    rows = ResultKind.objects.select_related("scale").order_by("position", "pk")
    rows = rows.filter(of__in=of) if of else rows
    return rows if retired else rows.filter(retired=False)
