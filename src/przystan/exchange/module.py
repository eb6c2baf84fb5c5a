"""What `exchange` declares to the rest of the house (`access.modules`)."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from przystan.access.modules import FirstStep, Module, SideLink
from przystan.people.models import Person
from przystan.people.rights import IMPORT

from .by_errand import DECIDE, GIVE_UP, REST
from .enums import BatchState
from .models import ImportBatch

MODULE = Module(
    at="imports/",
    guide="import",
    navigation=(SideLink(_("Imports"), "exchange:imports", "file-up", 70, frozenset({IMPORT})),),
    jobs={
        "exchange.read": "import.read",
        "exchange.check": "import.check",
        "exchange.run": "import.run",
        "exchange.undo": "import.undo",
        "exchange.throw_away": "import.expiry",
    },
    errands=(DECIDE, GIVE_UP, REST),
    first_steps=(
        FirstStep(
            "import",
            40,
            IMPORT,
            "exchange:imports",
            _("People you know already"),
            _("Bring in the spreadsheet that you kept until now (import). Without one, register the first person."),
            lambda actor: (
                Exists(ImportBatch.objects.filter(organisation=OuterRef("pk"), state=BatchState.DONE))
                | Exists(Person.objects.filter(organisation=OuterRef("pk")))
            ),
        ),
    ),
    deeds={
        "import.take": _("took in a spreadsheet"),
        "import.meanings": _("said what values of a spreadsheet mean"),
        "import.run": _("ran an import"),
        "import.undo": _("undid an import"),
        "import.give_up": _("gave an import up"),
    },
)
