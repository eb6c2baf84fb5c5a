"""Closed lists about people; labels are what staff read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sex(TextChoices):
    FEMALE = "female", _("woman")
    MALE = "male", _("man")
    OTHER = "other", _("other")
    UNKNOWN = "unknown", pgettext_lazy("sex", "not known")


class NameKind(TextChoices):
    """Why a person has this name form."""

    NOT_ASKED = "not_asked", _("not asked yet")
    DOCUMENT = "document", _("as in the passport")
    NATIVE = "native", _("in the person's own script")
    KNOWN_AS = "known_as", _("wants to be called")
    FORMER = "former", _("former name")
    OTHER = "other", _("another spelling")


class LanguageLevel(TextChoices):
    NOT_ASKED = "not_asked", _("level not asked yet")
    NATIVE = "native", _("first language")
    FLUENT = "fluent", _("fluent")
    SIMPLE = "simple", _("simple, slowly")
    WRITTEN = "written", _("only in writing")
    NONE = "none", _("does not speak it")


class ChannelKind(TextChoices):
    PHONE = "phone", _("phone")
    SMS = "sms", _("text message")
    EMAIL = "email", _("e-mail")
    MESSENGER = "messenger", _("messenger")
    POST = "post", _("post")


class Safety(TextChoices):
    """Whether and how a channel may be used. Anything but YES is shown beside the number; NOT_ASKED is no yes."""

    NOT_ASKED = "not_asked", _("not asked yet")
    YES = "yes", _("may be used")
    NO = "no", _("never use")
    HOURS = "hours", _("only between set hours")
    NEUTRAL = "neutral", _("only a neutral text")
    ONLY_BY = "only_by", _("only by a named person")


class EvidenceKind(TextChoices):
    """How we know of a title: seen, not copied, unless a programme asks for a copy."""

    NONE = "none", _("said by the person")
    SEEN = "seen", _("document seen")
    COPY = "copy", _("copy kept, the programme asks for it")
    REGISTER = "register", _("checked in a public register")


class HouseholdRole(TextChoices):
    HEAD = "head", _("adult")
    PARTNER = "partner", _("partner")
    CHILD = "child", _("child")
    RELATIVE = "relative", _("relative")
    OTHER = "other", _("other member")


class RelationKind(TextChoices):
    """What `person` is to `other`."""

    PARTNER = "partner", _("partner of")
    PARENT = "parent", _("parent of")
    SIBLING = "sibling", _("brother or sister of")
    GUARDIAN = "guardian", _("guardian of")
    OTHER = "other", _("relative of")


class FamilyRole(TextChoices):
    """What somebody is in a family, as files and clerks say it; `rules.families` knows what follows from it."""

    HEAD = "head", _("head of the family")
    PARTNER = "partner", _("partner")
    HUSBAND = "husband", _("husband")
    WIFE = "wife", _("wife")
    CHILD = "child", _("child")
    SON = "son", _("son")
    DAUGHTER = "daughter", _("daughter")
    MOTHER = "mother", _("mother")
    FATHER = "father", _("father")
    SIBLING = "sibling", _("brother or sister")
    GUARDIAN = "guardian", _("guardian")
    RELATIVE = "relative", _("relative")
    OTHER = "other", _("other member")


class PairState(TextChoices):
    SUSPECTED = "suspected", _("may be the same person")
    DIFFERENT = "different", _("not the same person")
    MERGED = "merged", _("merged")


class TeamSource(TextChoices):
    """Why a member of staff works with a person."""

    REGISTERED = "registered", _("registered them")
    SUPPORT = "support", _("gave support")
    JOINED = "joined", _("took over at the desk")
    NAMED = "named", _("named by who leads")
    GLASS = "glass", _("emergency look")


class JoinReason(TextChoices):
    """Why somebody of the same point begins to work with a person. The codes stand in the audit log."""

    CAME = "came", _("The person came to me")
    CALLED = "called", _("The person called or wrote")
    COVER = "cover", _("I stand in for a colleague")
    ASKED = "asked", _("A colleague asked me to help")


class GuardianKind(TextChoices):
    """Why somebody signs for a person who may not, or not alone."""

    PARENT = "parent", _("parent")
    GUARDIAN = "guardian", _("legal guardian")
    CURATOR = "curator", _("curator named by a court")


class Signers(TextChoices):
    """Who has to agree."""

    PERSON = "person", _("the person")
    EACH_GUARDIAN = "each_guardian", _("each parent or guardian")
    ONE_GUARDIAN = "one_guardian", _("one parent or guardian")


class AnswerWay(TextChoices):
    """How somebody answered."""

    SPOKEN = "spoken", _("in conversation")
    PAPER = "paper", _("signed on paper")
    LINK = "link", _("through a link")
