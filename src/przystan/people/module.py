"""What `people` declares to the rest of the house (`access.modules`)."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from przystan.access.modules import Module, Setting, SideLink, Waiting

from .by_errand import LOOK
from .queries import suspected_pairs
from .queries.due import not_asked, titles_ending
from .rights import CONSENTS_SIGNERS, PEOPLE_MERGE, PEOPLE_READ, PEOPLE_WRITE

MODULE = Module(
    at="people/",
    guide="people",
    jobs={"people.find_doubles": "people.doubles"},
    errands=(LOOK,),
    waiting=(
        Waiting("doubles", 10, (PEOPLE_MERGE,), _("Perhaps the same person"), suspected_pairs, "people:duplicates"),
        Waiting(
            "titles",
            20,
            (PEOPLE_READ,),
            _("Titles to stay that end"),
            lambda actor: titles_ending(actor, timezone.localdate()),
            "people:titles",
        ),
        Waiting("consents", 30, (PEOPLE_WRITE,), _("Not asked for a consent"), not_asked, "people:not_asked"),
    ),
    ways={"search": "people:search", "suggest": "people:suggest"},
    navigation=(SideLink(_("People"), "people:search", "users", 20, frozenset({PEOPLE_READ})),),
    settings=(
        Setting(
            _("Who signs for a consent"),
            _("Parents, guardians, the person: at which age."),
            "people:consents",
            "file-check",
            80,
            CONSENTS_SIGNERS,
        ),
    ),
    deeds={
        "person.register": pgettext_lazy("audit log", "registered"),
        "person.change": pgettext_lazy("audit log", "changed"),
        "person.complete": _("added what a file says of the person"),
        "person.complete_undo": _("took back what a file said of the person"),
        "person.remove": pgettext_lazy("audit log", "removed"),
        "person.merge": _("merged with another record"),
        "person.merge_undone": _("undid a merge"),
        "person.look_through": _("looked through the register for records of one person"),
        "person.different": _("said that two are not the same person"),
        "person.protect": pgettext_lazy("audit log", "protected"),
        "person.unprotect": _("ended the protection"),
        "consent.give": _("noted a consent"),
        "consent.refuse": _("noted that a consent was refused"),
        "consent.withdraw": _("noted that a consent was withdrawn"),
        "consent.remove": _("took away a consent noted by mistake"),
        "consent.signers": _("changed who has to sign for a consent"),
        "team.join": _("began to work with them"),
        "team.name": _("named a colleague"),
        "team.end": _("let a colleague go"),
        "exclusion.add": _("put a colleague on the list of those who must not see them"),
        "exclusion.remove": _("took a colleague off the list"),
    },
)
