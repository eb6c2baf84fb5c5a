"""Choosing an institution in a form of any module."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.kernel.names import fold
from przystan.ui.widgets import RemoteCombobox

from .models import Institution
from .queries import find, institutions


class InstitutionField(forms.Field):
    """An institution, found while one types. Cleans to an `Institution` or None.

    Give it its actor in the form's `__init__`: `self.fields["school"].offer(actor, kinds=("school",))`. Without script
    the words typed are looked up when the form comes in, and taken where one institution fits them and no other does.
    """

    default_error_messages = {
        "unknown": _("No institution is found by this name. Add it to the register first, or write another spelling."),
        "several": _("Several fit. Write more of the name, or the town: %(names)s."),
    }

    def __init__(self, *, label: Any = None, required: bool = True, **kwargs: Any) -> None:
        super().__init__(label=label or _("Institution"), required=required, widget=RemoteCombobox(), **kwargs)
        self.actor: Actor | None = None
        self.kinds: Collection[str] = ()

    def offer(self, actor: Actor, *, kinds: Collection[str] = ()) -> None:
        """Let `actor` choose among those of these kinds (codes; all where none is named)."""
        self.actor, self.kinds = actor, kinds
        self.widget.ask("institutions:suggest", {"kind": list(kinds)})

    def prepare_value(self, value: Any) -> Any:
        """(what is sent, what is shown) for the widget."""
        if isinstance(value, int) and self.actor:
            value = institutions(self.actor, closed=True).filter(pk=value).first()
        return (value.ref, value.called) if isinstance(value, Institution) else value

    def to_python(self, value: Any) -> Institution | None:
        ref, text = value if isinstance(value, tuple | list) else (value, "")
        if not (ref or text) or self.actor is None:
            return None
        if ref:
            found = institutions(self.actor, closed=True).filter(ref=ref).first()
            if found is None:
                raise ValidationError(self.error_messages["unknown"], code="unknown")
            return found
        return self._typed(text)

    def _typed(self, text: str) -> Institution:
        assert self.actor
        fitting = [one for one in find(self.actor, text, 5, kinds=self.kinds) if one.fits]
        best = [one for one in fitting if fold(one.name) == fold(text)] or fitting
        if not best:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        if len(best) > 1:
            names = ", ".join(one.institution.called for one in best)
            raise ValidationError(self.error_messages["several"], code="several", params={"names": names})
        return best[0].institution

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another institution was chosen than the form began with."""
        before = self.prepare_value(initial)
        return (before[0] if before else "") != (data[0] if isinstance(data, tuple | list) else data or "")
