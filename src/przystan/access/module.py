"""What `access` declares to the rest of the house (`access.modules`)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from przystan.access.modules import FirstStep, Module

from .backups import kept_elsewhere
from .rights import SETTINGS

MODULE = Module(
    at="keys/",
    guide="cases",
    first_steps=(
        FirstStep(
            "copies",
            70,
            SETTINGS,
            "",
            _("Copies in another place"),
            _(
                "Whoever runs the server keeps the backups, their keys and the ends of the audit log where nobody who"
                " gets into the server can reach them: “przystan backup”, “przystan audit anchor”"
                " (docs/operator/running.md)."
            ),
            lambda actor: kept_elsewhere(),
        ),
    ),
    jobs={
        "access.resume": "jobs.resume",
        "access.forget_jobs": "jobs.expiry",
    },
    deeds={
        "read": pgettext_lazy("audit log", "saw"),
        "key.set_up": _("set up a key"),
        "key.confirm": _("typed the recovery code back"),
        "key.unlock": _("unlocked a key"),
        "key.change": _("changed a passphrase"),
        "key.passkey": _("let a passkey open the key"),
        "key.recover": _("opened a key by its recovery code"),
        "account.wrong_password": _("refused a login: wrong password"),
        "account.wrong_code": _("refused a login: wrong code"),
        "account.wrong_passkey": _("refused a login: a passkey that does not fit"),
        "page.print": _("took a list onto paper"),
        "key.wrong": _("refused to unlock a key"),
    },
)
