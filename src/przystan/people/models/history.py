"""What facts said before they were changed or taken away; written by triggers, so that no writer can forget it."""

from django.db import models

from przystan.access.locks import SOMEBODY
from przystan.access.models import Before

from ..locks import of_person
from .person import Person


class FactBefore(Before):
    """What a person's row, or a row of facts about them, said before one change."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="earlier_facts")

    class Meta(Before.Meta):
        indexes = [models.Index(fields=["person", "-id"], name="facts_before")]

    class Privacy:
        lock = of_person(sensitive=True, written=SOMEBODY)
        t0 = "id person table row gone at by"
        t1 = ""
        t2 = "before"
        merge, erase, export = "move", "rows", False
        protect = "rows"
