"""Closed lists of the privacy pages; labels are what staff read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from przystan.access.modules import Words, holders, subjects


class RequestKind(TextChoices):
    """What a person may ask of the centre: articles of the General Data Protection Regulation (EU) 2016/679."""

    COPY = "copy", _("a copy of their data (Art. 15)")
    CORRECT = "correct", _("correction (Art. 16)")
    ERASE = "erase", _("erasure (Art. 17)")
    RESTRICT = "restrict", _("restriction of use (Art. 18)")
    MOVE = "move", _("data to take elsewhere (Art. 20)")
    OBJECT = "object", _("objection (Art. 21)")


class RequestState(TextChoices):
    OPEN = "open", pgettext_lazy("request", "open")
    ANSWERED = "answered", pgettext_lazy("request", "answered")
    REFUSED = "refused", pgettext_lazy("request", "refused with reasons")


class Delivery(TextChoices):
    """How the answer reached the person: a way that is safe for them."""

    IN_PERSON = "in_person", _("handed over in person")
    CHANNEL = "channel", _("by a contact that is safe for them")
    LAWYER = "lawyer", _("through whom they have empowered")


class Ground(TextChoices):
    """Why who leads a case file may keep it back from the person who asks for a copy."""

    OTHERS = "others", _("rights and freedoms of other people (Art. 15(4) of the GDPR)")
    SECRECY = "secrecy", _("professional secrecy owed to other people")
    HEALTH = "health", _("serious danger to the person's life or health")


class Scope(TextChoices):
    """How much is erased."""

    PERSON = "person", _("everything about the person")
    SENSITIVE = "sensitive", _("sensitive facts only")
    HELD = "case", _("one file")  # of a holder (access.holders)
    SUBJECT = "subject", _("everything about one who works here")  # of access.subjects


class Cause(TextChoices):
    REQUEST = "request", _("the person asked")
    RETENTION = "retention", _("the time to keep it has ended")


class ErasureState(TextChoices):
    WAITING = "waiting", _("waits for a second person")
    DONE = "done", pgettext_lazy("erasure", "done")
    WITHDRAWN = "withdrawn", pgettext_lazy("erasure", "withdrawn")


class Holding(TextChoices):
    """What a rule of retention is about, of people themselves; holders and subjects add theirs (`holdings`)."""

    ORDINARY = "t1", _("names, contacts and what was given (tier 1)")
    SENSITIVE = "t2", _("sensitive facts (tier 2)")
    PROTECTED = "t4", _("protected people (tier 4)")


def holdings() -> list[tuple[str, Words]]:
    """Everything that rules of retention may be about, people first."""
    theirs = [(kept.code, kept.words) for holder in holders().values() for kept in holder.holdings.values()]
    theirs += [(kept.code, kept.words) for subject in subjects().values() for kept in subject.holdings]
    return [*Holding.choices, *dict(theirs).items()]


class CountedFrom(TextChoices):
    LAST_SUPPORT = "support", _("the last support")
    PROJECT_END = "project", _("the last day of the year in which the programme ended")
    ENDED = "case", _("the day when the file was closed")
    WORK_ENDED = "work", _("the last day of work here")
    WORK_YEAR = "work_year", _("the last day of the year in which the work here ended")
