"""What `exchange` declares to the rest of the house (`access.modules`)."""

from django.utils.translation import gettext_lazy as _

from przystan.access.modules import Module, SideLink
from przystan.people.rights import IMPORT

from .by_errand import REST

MODULE = Module(
    at="imports/",
    navigation=(SideLink(_("Imports"), "exchange:imports", "file-up", 70, frozenset({IMPORT})),),
    jobs={
        "exchange.read": "import.read",
        "exchange.check": "import.check",
        "exchange.run": "import.run",
        "exchange.undo": "import.undo",
        "exchange.throw_away": "import.expiry",
    },
    errands=(REST,),
    deeds={
        "import.take": _("took in a spreadsheet"),
        "import.meanings": _("said what values of a spreadsheet mean"),
        "import.run": _("ran an import"),
        "import.undo": _("undid an import"),
        "import.give_up": _("gave an import up"),
    },
)
