"""Forms of sample."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.ui.fields import DateField
from przystan.ui.forms import Form


class ItemForm(Form):
    """A new row. The reason is asked only from who may read it, too."""

    day = DateField(label=_("Day"), initial=timezone.localdate)
    title = forms.CharField(label=_("Title"), max_length=120)
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, *args: Any, sensitive: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sensitive:
            del self.fields["reason"]
