"""Moving supports to another payer, and what it would change: it may take longer than somebody waits."""

from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from przystan.access.actors import Actor
from przystan.errands.runners import Result, Runner, Tell, Values

from . import actions
from .actions.reallocation import Shift, Trial
from .forms import MoveForm
from .forms.moving import OUT
from .models import Programme
from .queries.indicators import Figure, indicators
from .queries.programmes import paid_ids
from .queries.sets import payable_ids
from .rights import PAYER_CHOOSE, PROGRAMMES_WRITE


def _chosen(by: Actor, asked: Values) -> tuple[list[int], Programme | None, dict[str, Any]]:
    """Ids of the supports that were asked for, their new payer, and what the form said beside."""
    programme = Programme.objects.seen_by(by).get(ref=asked["programme"])
    form = MoveForm(dict(asked), programme=programme)
    if not form.is_valid():
        raise ValidationError(_("The programme has changed meanwhile. Look at the form again."))
    data = form.cleaned_data
    days = programme, data["first"], data["last"]
    return (paid_ids(by, *days), data["to"], data) if data["way"] == OUT else (payable_ids(by, *days), programme, data)


def _try(by: Actor, asked: Values, tell: Tell) -> Result:
    ids, to, data = _chosen(by, asked)
    trial = actions.try_move(by=by, supports=ids, to=to, undecided=data["undecided"])
    shifts = [(one.before.indicator.pk, one.before.total, one.after.total) for one in trial.shifts]
    return Result.of(asdict(trial) | {"shifts": shifts})


def _move(by: Actor, asked: Values, tell: Tell) -> Result:
    ids, to, data = _chosen(by, asked)
    done = actions.reallocate(by=by, supports=ids, to=to, reason=data["reason"], undecided=data["undecided"])
    return Result.of(asdict(done))


def trial_of(by: Actor, values: Values) -> Trial:
    """What came of TRIAL, as a page shows it; indicators that are gone since are left out."""
    known = {one.pk: one for one in indicators(by)}
    shifts = [
        Shift(Figure(known[pk], before), Figure(known[pk], after))
        for pk, before, after in values["shifts"]
        if pk in known
    ]
    return Trial(**{**values, "shifts": shifts})


def _back(asked: Values) -> str:
    return reverse("funding:move", args=[asked["programme"]])


TRIAL = Runner(
    code="funding.trial",
    title=gettext_lazy("What moving supports would change"),
    rights=(PAYER_CHOOSE, PROGRAMMES_WRITE),
    run=_try,
    back=_back,
    page=lambda asked, ref: f"{_back(asked)}?trial={ref}",
)
MOVE = Runner(
    code="funding.move",
    title=gettext_lazy("Moving supports"),
    rights=(PAYER_CHOOSE, PROGRAMMES_WRITE),
    run=_move,
    back=_back,
    page=lambda asked, ref: f"{_back(asked)}?done={ref}",
)
