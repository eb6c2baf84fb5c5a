"""Forms of rows that are named in each language of the interface: kinds of things, in catalogues."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .forms import ModelForm

LABELS = {"code": gettext_lazy("Code, for reports and files"), "position": gettext_lazy("Place in the list")}


class NamedForm(ModelForm):
    """A name in each language of the interface; Polish at least, the others fall back to it.

    `lasting`: fields that are chosen once and stay, because other rows rest on them.
    """

    lasting: ClassVar[tuple[str, ...]] = ("code",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = self.instance.names or {}
        self.languages = [f"name_{code}" for code, _label in settings.LANGUAGES]
        for code, label in settings.LANGUAGES:
            field = forms.CharField(label=label, max_length=160, required=code == "pl", initial=names.get(code, ""))
            self.fields[f"name_{code}"] = field
        for name in self.lasting if self.instance.pk else ():
            del self.fields[name]

    @property
    def name_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.languages]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.languages]

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if type(self.instance).objects.filter(code=code).exists():
            raise ValidationError(_("This code is already in use."))
        return str(code)

    def row(self) -> Any:
        """The row with what was written, not saved: actions save."""
        row = self.save(commit=False)
        given = {code: self.cleaned_data[f"name_{code}"].strip() for code, _label in settings.LANGUAGES}
        row.names = {**(row.names or {}), **given}
        row.names = {code: name for code, name in row.names.items() if name}
        return row
