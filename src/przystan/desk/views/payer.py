"""What a form says of its payer: its list (`funding.views.payers`) comes after the page, and until then this stands."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from przystan.funding.rights import PAYER_CHOOSE
from przystan.support.models import Support


@dataclass(frozen=True)
class Said:
    """`payer`: reference of a programme, "" for nobody, None: nobody has chosen. `before`: of the entry as it is."""

    payer: str | None = None
    reason: str = ""
    before: bool = False


def payer_of(request: HttpRequest) -> dict[str, Any]:
    """The payer ticked in the form, as the actions take it; nothing ticked means the suggested one."""
    if not request.actor.can(PAYER_CHOOSE):
        return {}
    return {"payer": request.POST.get("payer"), "reason": request.POST.get("reason", "")}


def chosen_in(request: HttpRequest) -> dict[str, str]:
    """Another payer for an entry that is there, as the actions take it; nothing ticked means nobody."""
    return {"payer": request.POST.get("payer", ""), "reason": request.POST.get("reason", "")}


def said_in(request: HttpRequest, *, refused: bool) -> Said:
    """What a form that comes back said. `refused`: as it was seen, it could not be saved; what was ticked is shown."""
    sent = request.POST
    if "payer" in sent and (refused or sent.get("payer_chosen")):
        return Said(sent["payer"], sent.get("reason", ""))
    if "payer_before" in sent:
        return Said(sent["payer_before"], sent.get("reason_before", ""), before=True)
    return Said(reason=sent.get("reason", ""))


def paid_by(support: Support) -> Said:
    """Who pays for an entry that is about to be changed."""
    row = getattr(support, "allocation", None)
    return Said(row.programme.ref, row.reason, before=True) if row else Said()
