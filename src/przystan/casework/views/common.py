"""Fetching a file for a page, and showing a form once more."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest

from przystan.ui.pages import or_404

from ..models import CaseFile
from ..queries import case_seen


def case_or_404(request: HttpRequest, ref: str) -> CaseFile:
    """The file, for its team. For others it is missing."""
    return or_404(case_seen, request.actor, ref)


def renew(form: BaseForm, **values: Any) -> None:
    """Say something else in hidden fields of a form that was sent, and is shown once more."""
    data = form.data.copy()
    data.update({name: [str(value)] for name, value in values.items()})
    form.data = data
