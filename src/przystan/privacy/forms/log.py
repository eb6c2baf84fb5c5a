"""Narrowing the audit log."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.modules import deeds
from przystan.team.queries import colleagues
from przystan.ui.forms import Form

DAYS = [
    ("1", _("today and yesterday")),
    ("7", _("7 days")),
    ("30", _("30 days")),
    ("365", _("a year")),
    ("0", _("all")),
]


class LogForm(Form):
    """Account, object, verb, days; everything may stay open."""

    account = forms.ChoiceField(label=_("Who"), required=False)
    ref = forms.CharField(label=_("Reference"), required=False, max_length=40)
    action = forms.ChoiceField(label=_("What was done"), required=False)
    days = forms.ChoiceField(label=_("How long ago"), required=False, choices=DAYS, initial="30")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        everybody = [(user.ref, user.full_name) for user in colleagues(actor, everybody=True)]
        self.fields["account"].choices = [("", _("everybody")), *everybody]
        found = sorted(((code, str(words)) for code, words in deeds().items()), key=lambda deed: deed[1].casefold())
        self.fields["action"].choices = [("", _("everything")), *found]
