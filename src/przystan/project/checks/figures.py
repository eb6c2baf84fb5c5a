"""Figures that are kept: some of them, drawn by lot, beside counting anew."""

from collections.abc import Iterator
from gettext import gettext as _
from random import sample

from przystan.access.actors import counter
from przystan.access.scope import acting

SOME = 8  # each is counted over the whole ledger


def faults() -> Iterator[str]:
    """One sentence for each that is not what counting gives."""
    from przystan.funding.models import KeptFigure
    from przystan.funding.queries import kept

    ours = list(KeptFigure.objects.order_by("pk").values_list("organisation_id", "pk"))
    for organisation, pk in sample(ours, min(SOME, len(ours))):
        with acting(counter(organisation)):
            if wrong := kept.wrong(pk):
                said = _(
                    "What is kept of the indicator %(name)s is not what counting gives. As the owner: "
                    "DELETE FROM funding_keptfigure. It is counted anew; tell whoever makes Przystań."
                )
                yield said % {"name": wrong}
