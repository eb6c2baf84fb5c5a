"""Words of the records about people who work here."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Family(TextChoices):
    """What a proof is about."""

    CHECK = "check", _("safeguarding check")
    TRAINING = "training", _("training")


class Per(TextChoices):
    """How many proofs of a kind somebody needs."""

    ONCE = "once", _("one")
    CITIZENSHIP = "citizenship", _("one for each country whose citizen they are")
    LIVED = "lived", _("one for each other country where they lived")


class Needed(TextChoices):
    """For which work a proof is needed."""

    MINORS = "minors", _("work with children")
    ALWAYS = "always", _("all work")
    NEVER = "never", _("recommended")


class Certainty(TextChoices):
    """How sure we are of a rule."""

    LAW = "law", _("stands in the law")
    HOUSE = "house", _("rule of the centre")
    UNSURE = "unsure", _("to be confirmed by a lawyer")


class Result(TextChoices):
    """What came of a check. A training that was attended is CLEAR."""

    CLEAR = "clear", _("in order")
    DECLARED = "declared", _("declared, as there is no such certificate")
    ASKED = "asked", _("asked for, no answer yet")
    FOUND = "found", _("stands in the way")


class Tie(TextChoices):
    """What a country is to somebody."""

    CITIZEN = "citizen", _("citizen")
    LIVED = "lived", _("lived there")


class Skill(TextChoices):
    """What somebody does in a language."""

    SPEAKS = "speaks", _("speaks")
    INTERPRETS = "interprets", _("interprets")
    SWORN = "sworn", _("sworn translator")


class Level(TextChoices):
    """How well, by the CEFR."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"
    NATIVE = "native", _("first language")


class Task(TextChoices):
    """What an hour was spent on. Never for which client."""

    INTERPRETING = "interpreting", _("interpreting")
    TRANSLATING = "translating", _("written translation")
    TEACHING = "teaching", _("teaching")
    CHILDMINDING = "childminding", _("childminding")
    ACCOMPANYING = "accompanying", _("accompanying")
    EVENT = "event", _("event")
    OTHER = "other", _("other work")


class HourMode(TextChoices):
    """How."""

    IN_PERSON = "in_person", _("in person")
    PHONE = "phone", pgettext_lazy("how", "by phone")
    VIDEO = "video", _("by video")
    WRITTEN = "written", _("in writing")


class Confirmed(TextChoices):
    """How an hour was confirmed."""

    ACCOUNT = "account", _("with an account")
    LINK = "link", _("through a link")
    ERASED = "erased", _("by somebody whose data were erased since")


class KeptAs(TextChoices):
    """What rules of retention call the papers of who worked by an agreement, or by none (privacy, `retention.toml`)."""

    EMPLOYED = "work_employed", _("papers of employees")
    EARLY = "work_early", _("papers of employees hired before 2019")
    CIVIL = "work_civil", _("papers of who worked by a civil law contract")
    VOLUNTEER = "work_volunteer", _("papers of volunteers")
    SENT = "work_sent", _("papers of who was sent by a partner")
    NONE = "work_none", _("what is written down of people without an agreement")
