"""Looking through the register for doubles, which takes longer than somebody waits."""

from dataclasses import asdict

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.errands.runners import Result, Runner, Tell, Values

from .actions.doubles import look_through
from .rights import PEOPLE_MERGE

SECONDS = 5.0  # at least, in a register of tens of thousands


def _look(by: Actor, asked: Values, tell: Tell) -> Result:
    return Result.of(asdict(look_through(by=by, tell=tell)))


LOOK = Runner(
    code="people.doubles",
    title=_("Looking through the register"),
    rights=(PEOPLE_MERGE,),
    run=_look,
    back=lambda asked: reverse("people:duplicates"),
    page=lambda asked, ref: f"{reverse('people:duplicates')}?looked={ref}",
    least=SECONDS,
)
