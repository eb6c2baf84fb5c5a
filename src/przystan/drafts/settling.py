"""A form that was saved takes its draft with it, in the transaction that saved it."""

import re

from django.http import HttpRequest

from przystan.access import audit
from przystan.kernel.refs import RefConverter

from . import actions

NAME = "draft"  # of the hidden field with which a page says which draft a form is


def settle(request: HttpRequest) -> None:
    """After a view, in its scope. A form is saved where something was done; what was refused has left no deed."""
    ref = request.POST.get(NAME, "") if request.method == "POST" else ""
    if re.fullmatch(RefConverter.regex, ref) and audit.anything_done():
        actions.settle(by=request.actor, ref=ref)
