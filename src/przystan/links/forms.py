"""Forms of links."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from przystan.ui.forms import Form
from przystan.ui.templatetags.ui import own_name


class CodeForm(Form):
    """The code that was passed another way than the link."""

    WRONG = _("This is not the code. Look at it again, or ask whoever gave it to you.")

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Six digits. You got them another way than the link."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class LanguageForm(Form):
    """In which of the languages that pages have somebody is asked."""

    language = forms.ChoiceField(
        label=_("Language"), choices=[(code, own_name(code)) for code, _name in settings.LANGUAGES]
    )
