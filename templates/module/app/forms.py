"""Forms of sample."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.ui.fields import DateField
from przystan.ui.forms import Form


class ItemForm(Form):
    """A new row."""

    day = DateField(label=_("Day"), initial=timezone.localdate)
    title = forms.CharField(label=_("Title"), max_length=120)
