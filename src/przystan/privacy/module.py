"""What `privacy` declares to the rest of the house (`access.modules`)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from przystan.access.modules import Module, Part, Setting, SideLink
from przystan.access.rights import AUDIT_READ, GLASS_APPROVE, GLASS_REVIEW
from przystan.people.rights import PEOPLE_ANSWER

from . import parts
from .by_errand import COPY
from .by_link import READ
from .subject import PEOPLE

MODULE = Module(
    at="privacy/",
    guide="privacy",
    ways={"ask": "privacy:ask", "rights": "privacy:person", "rights_of_subject": "privacy:subject"},
    parts={
        "person": (Part(parts.notices, "privacy/_notices.html"),),
        "today": (Part(parts.today, "privacy/_today.html"),),
        "file": (Part(parts.file_asked, "privacy/_file_asked.html"),),
    },
    links=(READ,),
    errands=(COPY,),
    subjects=(PEOPLE,),
    navigation=(
        SideLink(
            _("Privacy"),
            "privacy:index",
            "shield",
            90,
            frozenset({GLASS_APPROVE, GLASS_REVIEW, AUDIT_READ, PEOPLE_ANSWER}),
        ),
    ),
    settings=(
        Setting(
            _("Who may see what"),
            _("Roles, tiers and addresses: the tables that decide."),
            "access_table",
            "table",
            30,
        ),
    ),
    jobs={
        "privacy.throw_away": "copy.expiry",
        "privacy.retention": "retention",
        "privacy.check_audit": "audit.verify",
    },
    deeds={
        "person.restrict": _("restricted the use of the data"),
        "person.unrestrict": _("ended the restriction"),
        "glass.ask": _("asked for an emergency look"),
        "glass.approve": _("agreed to an emergency look"),
        "glass.open": _("opened for an emergency look"),
        "glass.refuse": _("refused an emergency look"),
        "glass.review": _("looked at an emergency look afterwards"),
        "escrow.ask": _("asked for another emergency key"),
        "escrow.confirm": _("agreed to another emergency key"),
        "escrow.withdraw": _("withdrew the request for another emergency key"),
        "copy.make": _("made a copy of the data"),
        "copy.withhold": _("withheld a copy"),
        "copy.fetch": _("fetched the copy"),
        "request.receive": _("noted a request"),
        "request.extend": _("took more time for a request"),
        "request.answer": _("answered a request"),
        "erasure.ask": _("asked for erasure"),
        "erasure.confirm": _("agreed to erasure"),
        "erasure.withdraw": _("withdrew an erasure"),
        "erasure.done": pgettext_lazy("audit log", "erased"),
        "notice.read": _("has read what happens with their data"),
        "retention.rule": _("changed how long data are kept"),
        "retention.automatic": _("changed whether data are erased without asking"),
        "retention.hold": _("put a legal hold"),
        "retention.end_hold": _("ended a legal hold"),
    },
)
