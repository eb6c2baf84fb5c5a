"""What names, numbers and checks of an institution can be."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NameKind(TextChoices):
    OFFICIAL = "official", _("official name")
    COMMON = "common", _("what people call it")
    SHORT = "short", pgettext_lazy("of an institution's name", "abbreviation")
    FORMER = "former", pgettext_lazy("of an institution", "former name")


class NumberKind(TextChoices):
    """Registers of the country. REGON and NIP have check digits; KRS and RSPO have none."""

    REGON = "regon", "REGON"
    NIP = "nip", "NIP"
    KRS = "krs", "KRS"
    RSPO = "rspo", "RSPO"


class Part(TextChoices):
    """What somebody has checked, each by itself: who rings up to ask for the hours learns nothing of the languages."""

    ADDRESS = "address", _("address")
    HOURS = "hours", _("opening hours")
    CONTACTS = "contacts", _("people to ask for")
    LANGUAGES = "languages", _("languages")


class PairState(TextChoices):
    """What is known of two institutions that look alike."""

    SUSPECTED = "suspected", _("perhaps one")
    DIFFERENT = "different", _("two different ones")
    MERGED = "merged", pgettext_lazy("two institutions", "merged")
