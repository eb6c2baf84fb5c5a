"""Who has to sign for which consent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.ui.pages import only_if, saved

from .. import actions
from ..forms.signers import SignerFormSet, SignersForm, rows_of, shown
from ..policies import may_set_signers
from ..queries.signers import signings


def consents(request: HttpRequest) -> HttpResponse:
    """Every kind of consent, and who signs."""
    found = signings(request.actor.organisation_id, timezone.localdate())
    can_set = may_set_signers(request.actor)
    return render(request, "people/consents.html", {"signings": found, "can_set": can_set})


def signers(request: HttpRequest, purpose: str) -> HttpResponse:
    """Who signs for one kind from a day on; what held before stays beside it."""
    found = signings(request.actor.organisation_id, timezone.localdate(), purpose)
    only_if(found and may_set_signers(request.actor))
    [signing] = found
    form = SignersForm(request.POST or None)
    rows = SignerFormSet(request.POST or None, initial=shown(signing.coming or signing.now), prefix="signers")
    if (not rows.is_bound or rows.is_valid()) and saved(form, lambda: _save(request, purpose, form, rows)):
        messages.success(request, _("Saved. It holds from %(day)s.") % {"day": form.cleaned_data["valid_from"]})
        return redirect("people:consents")
    return render(request, "people/signers.html", {"signing": signing, "form": form, "rows": rows})


def _save(request: HttpRequest, purpose: str, form: SignersForm, rows: SignerFormSet) -> None:  # type: ignore[valid-type]
    actions.set_signers(by=request.actor, purpose=purpose, asked=rows_of(rows), **form.cleaned_data)
