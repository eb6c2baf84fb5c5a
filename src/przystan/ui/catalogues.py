"""Pages of catalogues: kinds of things, named in each language, that are added, changed and no longer offered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .naming import NamedForm
from .pages import attempt, saved
from .undoing import done

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Rows of one model with a `code`. `one`, `add`: titles of the page of one, and of the page that adds one.

    `back`, `back_label`: the page that lists them; `many`: what they are called there, beside others.
    """

    model: type[Model]
    form: type[NamedForm]
    one: Words
    add: Words
    back: str
    back_label: Words
    many: Words = ""
    template: str = "ui/named.html"

    def edit(
        self, request: HttpRequest, code: str, save: Callable[[NamedForm], object], **start: object
    ) -> HttpResponse:
        """Change a row, or where `code` is empty add one, whose form begins with `start`. `save` may refuse."""
        row = get_object_or_404(self.model, code=code) if code else self.model()
        form = self.form(request.POST or None, instance=row, initial={} if code else start)
        if saved(form, lambda: save(form)):
            messages.success(request, _("Saved."))
            return redirect(self.back)
        context = {"form": form, "title": self.one if code else self.add, "row": row}
        return render(request, self.template, context | {"back": reverse(self.back), "back_label": self.back_label})

    def retire(self, request: HttpRequest, code: str, retire: Callable[[Any, bool], object]) -> HttpResponse:
        """No longer offer a row, or offer it again: the answer to a button, `retired` "yes" or "no"."""
        row = get_object_or_404(self.model, code=code)
        gone = request.POST.get("retired") == "yes"
        if attempt(request, lambda: retire(row, gone)):
            done(request, _("Saved."), request.path, retired="no" if gone else "yes")
        return redirect(self.back)
