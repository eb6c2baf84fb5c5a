"""Kinds of case files, and how secret each is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from przystan.access.tiers import Tier


class CaseKind(TextChoices):
    """What the file is about, which decides its tier."""

    SUPPORT = "support", _("integration and support")
    LEGAL = "legal", _("legal counsel")
    PSYCHOLOGY = "psychology", _("psychological support")
    PROTECTION = "protection", _("violence, trafficking, discrimination")


# Bar members and legal advisers: professional secrecy (ustawa o radcach prawnych art. 3, prawo o adwokaturze art. 6);
# psychologists: ustawa o zawodzie psychologa art. 14. Protection: our own rule (design, tier T4).
TIERS = {
    CaseKind.SUPPORT: Tier.T2,
    CaseKind.LEGAL: Tier.T3,
    CaseKind.PSYCHOLOGY: Tier.T3,
    CaseKind.PROTECTION: Tier.T4,
}


class MemberRole(TextChoices):
    """What somebody is to a case."""

    LEAD = "lead", _("leads the case")
    WORKS = "works", _("works on the case")
    GLASS = "glass", _("emergency look")
