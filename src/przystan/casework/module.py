"""What `casework` declares to the rest of the house (`access.modules`)."""

from django.utils.translation import gettext_lazy as _

from przystan.access.modules import Module, Part, SideLink

from . import parts
from .holder import CaseFiles
from .rights import CASES_READ

MODULE = Module(
    at="cases/",
    guide="cases",
    parts={"person": (Part(parts.of_person, "casework/_of_person.html"),)},
    ways={"case": "casework:case"},
    holders=(CaseFiles(),),
    navigation=(SideLink(_("Cases"), "casework:cases", "folder-lock", 40, frozenset({CASES_READ})),),
    deeds={
        "case.open": _("opened a new case file"),
        "case.close": _("closed the file"),
        "case.reopen": _("opened the file again"),
        "case.member": _("named a colleague"),
        "case.member_end": _("let a colleague go"),
        "note.write": _("wrote a note"),
        "note.amend": _("amended a note"),
    },
)
